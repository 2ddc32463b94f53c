import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Environment } from './config.ts'

/**
 * For the first lines of a program, before the rest of it is loaded: what Node compiled of it is kept beside it, where
 * that may be written. Stacks name the files of the sources only with LOG_LEVEL=debug: reading the maps takes a third of a start.
 */
export function startQuickly({ LOG_LEVEL }: Environment): void {
  enableCompileCache(fileURLToPath(new URL('./compiled', import.meta.url)))
  if (LOG_LEVEL === 'debug') process.setSourceMapsEnabled(true)
}
