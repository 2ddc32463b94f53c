import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { isPostgres } from '../../../migrations/types.ts'
import type { Db } from '../tables.ts'
import { isStatementForgotten, retryForgottenStatement } from './forgotten-statement.ts'
import { pipelined, pipelinedConnection } from './pipelined.ts'

/**
 * Runs `work` in one transaction, all or nothing, as if it were the only one. Use nothing but the `db` it is given: on
 * SQLite, the outer one waits for the transaction, and on PostgreSQL, `work` runs again after a conflict.
 */
export function inTransaction<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db)
  if (!isPostgres(db)) return db.transaction().execute(work)
  return retryingConflicts(db, () => db.transaction().setIsolationLevel('serializable').execute(work))
}

/**
 * The same for work that a claim protects: nobody else writes what it reads, or its writes are conditional. PostgreSQL
 * then need not watch for conflicts, which would be likely.
 */
export function inGuardedTransaction<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  if (!isPostgres(db)) return inTransaction(db, work)
  return retryingConflicts(db, () => db.transaction().setIsolationLevel('read committed').execute(work))
}

/**
 * Runs `work`, which changes the schema, in a transaction that waits for other schema changes and sees what they did.
 * It holds nobody up for more than a few seconds: it lets others pass and tries again.
 */
export function inSchemaTransaction<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  if (!isPostgres(db)) return inTransaction(db, work)
  return retryingConflicts(db, () =>
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

/**
 * Takes a lock that one transaction holds at a time, until it ends. SQLite has one writer: there is nothing to lock.
 */
export async function holdLock(db: Db, name: 'schema' | 'audit'): Promise<void> {
  if (isPostgres(db)) await sql`select pg_advisory_xact_lock(hashtext(current_schema()), hashtext(${name}))`.execute(db)
}

/** How often a transaction is tried, with growing pauses in between: about four seconds in all. */
const MOST_TRIES = 40
const PAUSE = 5

const queues = new WeakMap<object, Promise<unknown>>()

/**
 * After a conflict, the transactions of this process are tried again one after the other, so as not to conflict with
 * each other.
 */
async function retryingConflicts<T>(db: Db, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt()
  } catch (error) {
    if (!isConflict(error)) throw error
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
      if (!isConflict(error) || tries === MOST_TRIES) throw error
      await sleep(PAUSE * tries)
    }
  }
}

/** Whether another transaction was in conflict, or held a lock for too long: trying again can succeed. */
function isConflict(error: unknown): boolean {
  if (isStatementForgotten(error)) return true
  return error instanceof Error && 'code' in error && ['40001', '40P01', '55P03'].includes(String(error.code))
}

/**
 * Runs `work`, which only reads, on the database as it is at one moment, while others write. Use nothing but the `db`
 * it is given: `work` may run again.
 */
export function inSnapshot<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  if (db.isTransaction || pipelinedConnection(db) !== undefined) return work(db)
  const beginning = isPostgres(db) ? 'start transaction isolation level repeatable read, read only' : 'begin'
  const once = () =>
    new Promise<T>((resolve, reject) => {
      // Nobody needs to wait for the commit: there is nothing to keep.
      pipelined(db, beginning, async db => resolve(await work(db))).catch(reject)
    })
  return retryForgottenStatement(once)
}
