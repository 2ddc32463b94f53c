import Sqlite from 'better-sqlite3'
import { cannotOpen, fileOf } from './database.ts'

/**
 * One service for a database file: holds `<file>.lock` exclusively until released, or until the process is gone,
 * however it goes. Undefined when another process holds it.
 */
export function takeServiceLock(databaseUrl: string): { release(): void } | undefined {
  const file = fileOf(databaseUrl)
  if (file === ':memory:') return { release() {} }
  const lock = openLock(file)
  try {
    lock.pragma('locking_mode = EXCLUSIVE')
    lock.exec('BEGIN EXCLUSIVE')
    return { release: () => lock.close() }
  } catch {
    lock.close()
    return undefined
  }
}

function openLock(file: string): Sqlite.Database {
  try {
    return new Sqlite(`${file}.lock`, { timeout: 0 })
  } catch (error) {
    throw cannotOpen(file, error)
  }
}
