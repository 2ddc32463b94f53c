import { existsSync, statSync } from 'node:fs'
import type Sqlite from 'better-sqlite3'
import { isDamage } from './failures.ts'

/** Checks the whole file, at a few hundred megabytes a second. */
export function isSound(sqlite: Sqlite.Database): boolean {
  try {
    return sqlite.pragma('quick_check(1)', { simple: true }) === 'ok'
  } catch (error) {
    if (!isDamage(error)) throw error
    return false
  }
}

/** Until `end()`, no page of the log is copied into the file. */
export function leaveFileAsItIs(sqlite: Sqlite.Database): { end(): void } {
  const before = sqlite.pragma('wal_autocheckpoint', { simple: true })
  sqlite.pragma('wal_autocheckpoint = 0')
  return { end: () => void sqlite.pragma(`wal_autocheckpoint = ${before}`) }
}

export function walBytes(sqlite: Sqlite.Database): number {
  const file = `${sqlite.name}-wal`
  return existsSync(file) ? statSync(file).size : 0
}
