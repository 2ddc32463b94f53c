import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { isPostgres } from '../../../migrations/types.ts'
import type { Db } from '../tables.ts'
import { isStatementForgotten, retryForgottenStatement } from './forgotten-statement.ts'
import { connectionWithin, together } from './together.ts'

/**
 * Runs `work` in one transaction, all or nothing, as if it were the only one. Touch nothing but the `db` it is given: on
 * SQLite the outer one waits for it, and on PostgreSQL it is done again where another transaction got in its way.
 */
export function inTransaction<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db)
  if (!isPostgres(db)) return db.transaction().execute(work)
  return untilAlone(db, () => db.transaction().setIsolationLevel('serializable').execute(work))
}

/**
 * The same for work that a claim keeps everybody else from: what it reads nobody else writes, or it is written only if it
 * still holds. PostgreSQL need not watch for others then, who as likely as not would get in its way.
 */
export function inGuardedTransaction<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  if (!isPostgres(db)) return inTransaction(db, work)
  return untilAlone(db, () => db.transaction().setIsolationLevel('read committed').execute(work))
}

/**
 * Runs `work`, which changes the schema, in a transaction that waits for every other one of its kind. It sees what those
 * have done. Nobody waits for it longer than for some seconds: it lets them pass and comes again.
 */
export function inTurn<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  if (!isPostgres(db)) return inTransaction(db, work)
  return untilAlone(db, () =>
    db
      .transaction()
      .setIsolationLevel('read committed')
      .execute(async db => {
        await holdLock(db, 'schema')
        await sql`set local lock_timeout = '3s'`.execute(db)
        return work(db)
      }),
  )
}

/** Held by one transaction at a time, until it is over. SQLite has one writer: nothing to hold. */
export async function holdLock(db: Db, name: 'schema' | 'audit'): Promise<void> {
  if (isPostgres(db)) await sql`select pg_advisory_xact_lock(hashtext(current_schema()), hashtext(${name}))`.execute(db)
}

/** How often a transaction is tried, with growing pauses in between: some four seconds in all. */
const MOST_TRIES = 40
const PAUSE = 5

const queues = new WeakMap<object, Promise<unknown>>()

/** Those of this process that others got in the way of come again one after the other, not against each other. */
async function untilAlone<T>(db: Db, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt()
  } catch (error) {
    if (!isInTheWay(error)) throw error
  }
  const { adapter } = db.getExecutor()
  const again = (queues.get(adapter) ?? Promise.resolve()).then(() => attemptAgain(attempt))
  queues.set(
    adapter,
    again.catch(() => {}),
  )
  return again
}

async function attemptAgain<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 2; ; tries += 1) {
    try {
      return await attempt()
    } catch (error) {
      if (!isInTheWay(error) || tries === MOST_TRIES) throw error
      await sleep(PAUSE * tries)
    }
  }
}

/** Whether another transaction got in the way, or held a lock for too long: the same once more can succeed. */
function isInTheWay(error: unknown): boolean {
  if (isStatementForgotten(error)) return true
  return error instanceof Error && 'code' in error && ['40001', '40P01', '55P03'].includes(String(error.code))
}

/**
 * Runs `work`, which only reads, on the database as it is at one moment, while others write. Touch nothing but the `db` it
 * is given: it may be done again.
 */
export function inSnapshot<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  if (db.isTransaction || connectionWithin(db) !== undefined) return work(db)
  const beginning = isPostgres(db) ? 'start transaction isolation level repeatable read, read only' : 'begin'
  const once = () =>
    new Promise<T>((resolve, reject) => {
      // Nobody waits for its end, which has nothing to keep.
      together(db, beginning, async db => resolve(await work(db))).catch(reject)
    })
  return retryForgottenStatement(once)
}
