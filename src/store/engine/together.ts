import { CompiledQuery, type DatabaseConnection, Kysely } from 'kysely'
import type { Db, Tables } from '../tables.ts'

/** The connections of those that are part of a transaction, though they do not say so. */
const within = new WeakMap<Db, DatabaseConnection>()

/** The connection of an open transaction, for queries that do not wait for earlier ones. */
export function connectionWithin(db: Db): DatabaseConnection | undefined {
  return within.get(db)
}

/**
 * Runs `work` in a transaction that begins as `beginning` says. What it asks without waiting goes to a server at once, the
 * beginning along with the first of it: Kysely by itself sends a statement of a transaction when the one before is answered.
 */
export function together<T>(outer: Db, beginning: string, work: (db: Db) => Promise<T>): Promise<T> {
  if (within.has(outer)) return work(outer)
  const executor = outer.getExecutor()
  return executor.provideConnection(async connection => {
    const say = (words: string) => connection.executeQuery(CompiledQuery.raw(words))
    const lend = async (): Promise<DatabaseConnection> => {
      // Whoever has the connection next shall not find a question of ours in a transaction of theirs.
      if (!within.has(db)) throw new Error('the transaction is over')
      return connection
    }
    const db = askedThrough(outer, lend)
    within.set(db, connection)
    try {
      const [, result] = await Promise.all([say(beginning), work(db)])
      within.delete(db)
      await say('commit')
      return result
    } catch (error) {
      within.delete(db)
      await say('rollback').catch(() => {})
      throw error
    }
  })
}

/** The same database, asked through other connections: what was compiled for it serves there too. */
export function askedThrough(outer: Db, lend: () => Promise<DatabaseConnection>): Db {
  const executor = outer.getExecutor()
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => executor.adapter,
      createQueryCompiler: () => ({ compileQuery: (node, id) => executor.compileQuery(node, id) }),
      createIntrospector: () => outer.introspection,
      createDriver: () => ({ ...PART_OF_IT, acquireConnection: lend }),
    },
  })
}

const nothing = async () => {}

/** A transaction within is part of the one that is open. */
const PART_OF_IT = {
  ...{ init: nothing, destroy: nothing, releaseConnection: nothing },
  ...{ beginTransaction: nothing, commitTransaction: nothing, rollbackTransaction: nothing },
}
