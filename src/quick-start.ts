import module from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Environment } from './config.ts'

/**
 * For the first lines of a program: an older Node must get through them to be refused, so nothing is imported by a name that
 * it does not know. What Node compiled is kept beside the program, where that may be written. Stacks name the files of the
 * sources only with LOG_LEVEL=debug: reading the maps takes a third of a start.
 */
export function startQuickly({ LOG_LEVEL }: Environment): void {
  module.enableCompileCache(fileURLToPath(new URL('./compiled', import.meta.url)))
  if (LOG_LEVEL === 'debug') process.setSourceMapsEnabled(true)
}
