import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** What one process leaves for the next, so that it starts faster. Never required: it may be missing, or not writable. */
export function readCached(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

/** Renamed into place, so that nobody reads half of it. */
export function writeCached(file: string, content: Buffer): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    const temporary = `${file}.${process.pid}`
    writeFileSync(temporary, content, { mode: 0o600, flush: true })
    renameSync(temporary, file)
  } catch {
    // The program may be installed in a read-only folder.
  }
}
