import { closeSync, openSync, realpathSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { cannotOpen } from './failures.ts'
import { fileOf } from './file-of.ts'

type FileLock = { release(): void }

/**
 * Lets one service use a database file, whatever path leads to it. The lock holds until it is released or the process
 * ends, however it ends. Undefined if another process holds it.
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
 * The lock beside the file is the same through every symbolic link. A hard link has a path of its own, so there is a
 * second lock, named after the file's inode, in a folder that all processes of this machine share.
 */
function lockFilesOf(file: string): [beside: string, ofInode: string] {
  try {
    // A link may lead to a file that does not exist yet: once created, it has a real path and an inode.
    closeSync(openSync(file, 'a', 0o600))
    const { dev, ino } = statSync(file)
    return [`${realpathSync(file)}.lock`, join(tmpdir(), `rounds-${process.getuid?.() ?? 0}-${dev}-${ino}.lock`)]
  } catch (error) {
    throw cannotOpen(file, error)
  }
}

/** Whether a process holds the lock: takes it for a moment to see. */
export function isServed(file: string): boolean {
  const lock = takeLock(file, LOOK)
  lock?.release()
  return lock === undefined
}

/**
 * Milliseconds that a look waits for the lock (an import looks before each of its transactions), and that taking it
 * waits.
 */
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
