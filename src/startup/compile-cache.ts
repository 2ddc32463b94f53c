import module from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Environment } from '../config.ts'

/**
 * Runs in the first lines of a program, which even an older Node must get through to be refused: so nothing is imported by a
 * name that it does not know. The compile cache lies beside the program, if that folder is writable. Stack traces name source
 * files only with LOG_LEVEL=debug: reading the source maps takes a third of a start.
 */
export function useCompileCache({ LOG_LEVEL }: Environment): void {
  module.enableCompileCache(fileURLToPath(new URL('./compiled', import.meta.url)))
  if (LOG_LEVEL === 'debug') process.setSourceMapsEnabled(true)
}
