import { chmodSync, existsSync, renameSync } from 'node:fs'
import type Sqlite from 'better-sqlite3'

/** Written aside and put in place whole, so that what was killed on the way leaves no half of a copy in its name. */
export function copyBefore(sqlite: Sqlite.Database, migration: string): void {
  const copy = `${sqlite.name}.before-${migration}`
  if (sqlite.memory || existsSync(copy)) return
  const draft = `${copy}.${process.pid}`
  sqlite.prepare('vacuum into ?').run(draft)
  chmodSync(draft, 0o600)
  renameSync(draft, copy)
}
