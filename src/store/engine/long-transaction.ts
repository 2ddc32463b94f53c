import type { ControlledTransaction } from 'kysely'
import type { Db, Tables } from '../tables.ts'

/**
 * The most rows of one transaction, and milliseconds after which it takes no more: another command waits five seconds
 * for it.
 */
const MOST_ROWS = 1_000_000
const LONGEST_MS = 2_000

/**
 * Runs several pieces of work in one transaction, all or none, so that its fixed cost is paid once. `last` runs before
 * it commits. Anything else on this connection waits for the end.
 */
export function longTransaction(db: Db, last: (db: Db) => Promise<void>) {
  let open: { readonly db: ControlledTransaction<Tables>; readonly since: number; rows: number } | undefined

  async function orRollBack<T>(transaction: ControlledTransaction<Tables>, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      open = undefined
      await transaction.rollback().execute()
      throw error
    }
  }

  async function end(): Promise<void> {
    if (open === undefined) return
    const { db } = open
    await orRollBack(db, async () => {
      await last(db)
      await db.commit().execute()
    })
    open = undefined
  }

  return {
    async work<T>(rows: number, work: (db: Db) => Promise<T>): Promise<T> {
      open ??= { db: await db.startTransaction().execute(), since: performance.now(), rows: 0 }
      const { db: transaction, since } = open
      const result = await orRollBack(transaction, () => work(transaction))
      open.rows += rows
      if (open.rows >= MOST_ROWS || performance.now() - since > LONGEST_MS) await end()
      return result
    },
    end,
  }
}
