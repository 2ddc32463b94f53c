import { CompiledQuery, type DatabaseConnection, Kysely } from 'kysely'
import type { Db, Tables } from '../tables.ts'

/** The connections of databases that are part of a transaction, although Kysely does not know it. */
const within = new WeakMap<Db, DatabaseConnection>()

/** The connection of an open transaction, for queries that do not wait for earlier ones. */
export function pipelinedConnection(db: Db): DatabaseConnection | undefined {
  return within.get(db)
}

/**
 * Runs `work` in a transaction that begins with the statement `beginning`. Queries that `work` does not await go to the
 * server at once, the first of them together with `beginning`. In Kysely's own transactions, each statement waits until
 * the one before is answered.
 */
export function pipelined<T>(outer: Db, beginning: string, work: (db: Db) => Promise<T>): Promise<T> {
  if (within.has(outer)) return work(outer)
  const executor = outer.getExecutor()
  return executor.provideConnection(async connection => {
    const run = (statement: string) => connection.executeQuery(CompiledQuery.raw(statement))
    const acquire = async (): Promise<DatabaseConnection> => {
      // A late query must not end up in the transaction of whoever gets the connection next.
      if (!within.has(db)) throw new Error('the transaction is over')
      return connection
    }
    const db = withConnections(outer, acquire)
    within.set(db, connection)
    try {
      const [, result] = await Promise.all([run(beginning), work(db)])
      within.delete(db)
      await run('commit')
      return result
    } catch (error) {
      within.delete(db)
      await run('rollback').catch(() => {})
      throw error
    }
  })
}

/** The same database through other connections; queries that were compiled for it work there too. */
export function withConnections(outer: Db, acquire: () => Promise<DatabaseConnection>): Db {
  const executor = outer.getExecutor()
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => executor.adapter,
      createQueryCompiler: () => ({ compileQuery: (node, id) => executor.compileQuery(node, id) }),
      createIntrospector: () => outer.introspection,
      createDriver: () => ({ ...NESTED, acquireConnection: acquire }),
    },
  })
}

const nothing = async () => {}

/** A transaction inside is part of the one that is open. */
const NESTED = {
  ...{ init: nothing, destroy: nothing, releaseConnection: nothing },
  ...{ beginTransaction: nothing, commitTransaction: nothing, rollbackTransaction: nothing },
}
