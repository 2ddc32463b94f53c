import { setTimeout as rest } from 'node:timers/promises'
import type Sqlite from 'better-sqlite3'
import type { Engine } from '../engine.ts'
import { isBusy } from './failures.ts'
import type { LogSync } from './log-sync.ts'

/** Milliseconds between two looks whether the other writer is done, and how many there are. */
const PAUSE = 4
const LOOKS = 500

/**
 * Everything here is done in the process, so a statement that waits holds up everybody. This write waits for neither
 * the disk nor another writer: it comes back later while somebody writes, and the disk is waited for outside.
 */
export function lightWriter(sqlite: Sqlite.Database, log: LogSync): Engine['writeLightly'] {
  const patience = Number(sqlite.pragma('busy_timeout', { simple: true }))
  return async (db, write) => {
    for (let look = 1; ; look += 1) {
      try {
        const result = await db.connection().execute(db => unhurried(sqlite, patience, () => write(db)))
        return { result, onDisk: log.sync }
      } catch (error) {
        if (!isBusy(error) || look === LOOKS) throw error
        await rest(PAUSE)
      }
    }
  }
}

/** The connection is ours alone until this is over. */
async function unhurried<T>(sqlite: Sqlite.Database, patience: number, write: () => Promise<T>): Promise<T> {
  sqlite.exec('pragma synchronous = NORMAL; pragma busy_timeout = 0')
  try {
    return await write()
  } finally {
    sqlite.exec(`pragma synchronous = FULL; pragma busy_timeout = ${patience}`)
  }
}
