import { closeSync, existsSync, fdatasync, openSync } from 'node:fs'
import { promisify } from 'node:util'
import type Sqlite from 'better-sqlite3'

const toDisk = promisify(fdatasync)

export type LogSync = {
  /** Resolves once all that was written until now is on the disk; the event loop goes on meanwhile. */
  sync(): Promise<void>
  close(): void
}

/** Brings the write-ahead log of a database to the disk, on a thread of the system; what comes together goes together. */
export function logSync(sqlite: Sqlite.Database): LogSync {
  const path = `${sqlite.name}-wal`
  let file: number | undefined
  let underWay: Promise<void> | undefined
  let next: Promise<void> | undefined

  const start = (): Promise<void> => {
    if (sqlite.memory || (file === undefined && !existsSync(path))) return Promise.resolve()
    // The file stays the same one while a connection is open.
    file ??= openSync(path, 'r+')
    underWay = toDisk(file).finally(() => {
      underWay = undefined
    })
    return underWay
  }
  return {
    sync: () => {
      if (underWay === undefined) return start()
      // What is under way may have begun before the last write.
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
