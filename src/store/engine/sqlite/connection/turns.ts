import { setTimeout as sleep } from 'node:timers/promises'
import type Sqlite from 'better-sqlite3'
import type { Db } from '../../../tables.ts'
import { isBusy } from '../failures.ts'
import type { WritePolicy } from './write-policy.ts'
import { waitWithPriority, yieldToPriority } from './write-priority.ts'

/**
 * Turns for the users of a connection. SQLite runs inside the process, so a statement that waited for another
 * writer or the disk would block everybody.
 */
export type Turns = {
  take(): Promise<void>
  pass(): void
  /** Runs a statement that writes. While somebody else writes, the turn is passed on, and comes back later. */
  write<T>(run: () => Promise<T>): Promise<T>
  /** The same for a statement that need not wait for the disk. */
  writeLightly<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T>
}

export function takingTurns(
  sqlite: Sqlite.Database,
  { timeout, pause, hasPriority }: Omit<WritePolicy, 'checkpoint'>,
): Turns {
  const waiting: (() => void)[] = []
  let isTaken = false
  let isLight = false

  const take = async () => {
    if (isTaken) await new Promise<void>(resolve => waiting.push(resolve))
    isTaken = true
  }
  const pass = () => {
    const next = waiting.shift()
    if (next === undefined) isTaken = false
    else next()
  }
  const waitInLine = async () => {
    pass()
    await sleep(pause)
    await take()
  }

  /** Tries until it succeeds or the time is up. */
  async function untilDone<T>(run: () => Promise<T>, mayWait: () => boolean, wait: () => Promise<void>): Promise<T> {
    let stopWaiting = () => {}
    try {
      for (let waited = 0; ; waited += pause) {
        if (!hasPriority) await yieldToPriority()
        try {
          return await run()
        } catch (error) {
          if (!isBusy(error) || !mayWait() || waited >= timeout) throw error
        }
        if (hasPriority && waited === 0) stopWaiting = waitWithPriority()
        await wait()
      }
    } finally {
      stopWaiting()
    }
  }

  /** SQLite is done once `run` returns, although it returns a promise. */
  const runNow = <T>(run: () => Promise<T>): Promise<T> => {
    sqlite.exec(isLight ? 'pragma busy_timeout = 0; pragma synchronous = NORMAL' : 'pragma busy_timeout = 0')
    try {
      return run()
    } finally {
      sqlite.exec(`pragma busy_timeout = ${timeout}${isLight ? '; pragma synchronous = FULL' : ''}`)
    }
  }

  return {
    take,
    pass,
    write: run =>
      untilDone(
        () => runNow(run),
        () => !isLight,
        waitInLine,
      ),
    // A light write that let others have their turn would no longer be light, so it starts over.
    writeLightly: (db, work) =>
      untilDone(
        () =>
          db.connection().execute(async db => {
            isLight = true
            try {
              return await work(db)
            } finally {
              isLight = false
            }
          }),
        () => true,
        () => sleep(pause),
      ),
  }
}
