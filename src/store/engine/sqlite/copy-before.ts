import { chmodSync, existsSync, renameSync } from 'node:fs'
import type Sqlite from 'better-sqlite3'

/** Written to a temporary name and renamed, so that a kill never leaves half a copy. */
export function copyBefore(sqlite: Sqlite.Database, migration: string): void {
  const copy = `${sqlite.name}.before-${migration}`
  if (sqlite.memory || existsSync(copy)) return
  const draft = `${copy}.${process.pid}`
  sqlite.prepare('vacuum into ?').run(draft)
  chmodSync(draft, 0o600)
  renameSync(draft, copy)
}
