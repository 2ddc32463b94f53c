import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** What one process keeps for the next, to start faster. It is never needed: there may be none, and it may not be written. */
export function keptIn(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

/** In place at once, so that nobody reads half of it. */
export function keepIn(file: string, content: Buffer): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    const half = `${file}.${process.pid}`
    writeFileSync(half, content, { mode: 0o600, flush: true })
    renameSync(half, file)
  } catch {
    // The program may lie where nothing may be written.
  }
}
