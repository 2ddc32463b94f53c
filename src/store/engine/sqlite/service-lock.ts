import { closeSync, openSync, realpathSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { cannotOpen } from './failures.ts'
import { fileOf } from './file-of.ts'

type FileLock = { release(): void }

/**
 * One service for a database file, by whatever name it is reached: holds the lock until released, or until the process
 * is gone, however it goes. Undefined when another process holds it.
 */
export function takeServiceLock(databaseUrl: string): FileLock | undefined {
  return takeLock(fileOf(databaseUrl), LONGER_THAN_A_LOOK)
}

function takeLock(file: string, timeout: number): FileLock | undefined {
  if (file === ':memory:') return { release() {} }
  const held: Sqlite.Database[] = []
  const release = () => {
    for (const lock of held.splice(0)) lock.close()
  }
  for (const path of lockFilesOf(file)) {
    const lock = openLock(path, file, timeout)
    if (lock === undefined) {
      release()
      return undefined
    }
    held.push(lock)
  }
  return { release }
}

/**
 * The lock beside the file is found through every symbolic link. A hard link is another real path: it meets the second
 * lock, which is named after the file itself and lies where all processes of this machine look.
 */
function lockFilesOf(file: string): [beside: string, ofInode: string] {
  try {
    // A link may lead to a file that is still to be made: only then is there a real path, and an inode.
    closeSync(openSync(file, 'a', 0o600))
    const { dev, ino } = statSync(file)
    return [`${realpathSync(file)}.lock`, join(tmpdir(), `rounds-${process.getuid?.() ?? 0}-${dev}-${ino}.lock`)]
  } catch (error) {
    throw cannotOpen(file, error)
  }
}

/** Whether a process holds the lock: it is taken for a moment to see that. */
export function isServed(file: string): boolean {
  const lock = takeLock(file, LOOK)
  lock?.release()
  return lock === undefined
}

/** Milliseconds that a look waits: an import looks before each of its transactions. */
const LOOK = 10
const LONGER_THAN_A_LOOK = 200

function openLock(path: string, file: string, timeout: number): Sqlite.Database | undefined {
  let lock: Sqlite.Database
  try {
    lock = new Sqlite(path, { timeout })
  } catch (error) {
    throw cannotOpen(file, error)
  }
  try {
    lock.pragma('locking_mode = EXCLUSIVE')
    // Nothing is ever written: a journal on the disk would be made and removed for each look.
    lock.pragma('journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch {
    lock.close()
    return undefined
  }
}
