import { closeSync, existsSync, fdatasync, openSync } from 'node:fs'
import { promisify } from 'node:util'
import type Sqlite from 'better-sqlite3'

const toDisk = promisify(fdatasync)

export type LogSync = {
  /** Resolves once everything written so far is on disk, without blocking the event loop. */
  sync(): Promise<void>
  close(): void
}

/** Syncs the write-ahead log of a database, off the event loop; requests that come together share a sync. */
export function logSync(sqlite: Sqlite.Database): LogSync {
  const path = `${sqlite.name}-wal`
  let file: number | undefined
  let underWay: Promise<void> | undefined
  let next: Promise<void> | undefined

  const start = (): Promise<void> => {
    if (sqlite.memory || (file === undefined && !existsSync(path))) return Promise.resolve()
    // The log stays the same file while a connection is open.
    file ??= openSync(path, 'r+')
    underWay = toDisk(file).finally(() => {
      underWay = undefined
    })
    return underWay
  }
  return {
    sync: () => {
      if (underWay === undefined) return start()
      // A sync under way may have begun before the last write.
      next ??= underWay
        .catch(() => {})
        .then(() => {
          next = undefined
          return start()
        })
      return next
    },
    close: () => {
      if (file !== undefined) closeSync(file)
      file = undefined
    },
  }
}
