import { CompiledQuery, type DatabaseConnection, Kysely, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type { Db, Tables } from '../tables.ts'

/** Those that are part of a transaction, though they do not say so. */
const within = new WeakSet<Db>()

/**
 * Runs `work` in a transaction on PostgreSQL that begins as `beginning` says. What it asks without waiting goes to the
 * server at once, the beginning along with the first of it: Kysely by itself sends a statement of a transaction when the
 * one before is answered.
 */
export function together<T>(db: Db, beginning: string, work: (db: Db) => Promise<T>): Promise<T> {
  if (within.has(db)) return work(db)
  const executor = db.getExecutor()
  return executor.provideConnection(async connection => {
    const say = (words: string) => connection.executeQuery(CompiledQuery.raw(words))
    let isOver = false
    const lend = async (): Promise<DatabaseConnection> => {
      // Whoever has the connection next shall not find a question of ours in a transaction of theirs.
      if (isOver) throw new Error('the transaction is over')
      return connection
    }
    const db = new Kysely<Tables>({
      dialect: {
        // What was compiled for the database serves here too.
        createAdapter: () => executor.adapter,
        createQueryCompiler: () => new PostgresQueryCompiler(),
        createIntrospector: db => new PostgresIntrospector(db),
        createDriver: () => ({ ...PART_OF_IT, acquireConnection: lend }),
      },
    })
    within.add(db)
    const begun = say(beginning)
    try {
      const [result] = await Promise.all([work(db), begun])
      isOver = true
      await say('commit')
      return result
    } catch (error) {
      isOver = true
      await say('rollback').catch(() => {})
      throw error
    }
  })
}

const nothing = async () => {}

/** A transaction within is part of the one that is open. */
const PART_OF_IT = {
  ...{ init: nothing, destroy: nothing, releaseConnection: nothing },
  ...{ beginTransaction: nothing, commitTransaction: nothing, rollbackTransaction: nothing },
}
