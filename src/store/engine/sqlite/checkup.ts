import { existsSync, statSync } from 'node:fs'
import type Sqlite from 'better-sqlite3'
import { isDamage } from './failures.ts'

/** Looks through the whole file, some hundred megabytes a second. */
export function isSound(sqlite: Sqlite.Database): boolean {
  try {
    return sqlite.pragma('quick_check(1)', { simple: true }) === 'ok'
  } catch (error) {
    if (!isDamage(error)) throw error
    return false
  }
}

export function walBytes(sqlite: Sqlite.Database): number {
  const file = `${sqlite.name}-wal`
  return existsSync(file) ? statSync(file).size : 0
}
