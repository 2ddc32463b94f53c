import { type DatabaseConnection, Kysely, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type { Db, Tables } from '../tables.ts'

/**
 * Runs `work`, which only reads, on the connection of an open transaction, so that what it asks without waiting goes to
 * the server at once: Kysely by itself sends a statement of a transaction when the one before is answered.
 */
export function together<T>(transaction: Db, work: (db: Db) => Promise<T>): Promise<T> {
  const executor = transaction.getExecutor()
  return executor.provideConnection(async connection => {
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
    try {
      return await work(db)
    } finally {
      isOver = true
    }
  })
}

const nothing = async () => {}

/** A transaction within is part of the one that is open. */
const PART_OF_IT = {
  ...{ init: nothing, destroy: nothing, releaseConnection: nothing },
  ...{ beginTransaction: nothing, commitTransaction: nothing, rollbackTransaction: nothing },
}
