import { CompiledQuery, type DatabaseConnection, type QueryResult, sql } from 'kysely'
import type { Db } from '../../tables.ts'
import { retryForgottenStatement } from '../forgotten-statement.ts'
import { withConnections } from '../pipelined.ts'

/**
 * The same database, on which each statement is a transaction of its own that does not wait for the server's disk.
 * BEGIN and COMMIT are sent along with it, so that there is one wait for all three.
 */
export function writtenLightly(db: Db): Db {
  const executor = db.getExecutor()
  const connection: DatabaseConnection = {
    executeQuery: <Row>(query: CompiledQuery) =>
      executor.provideConnection(connection => retryForgottenStatement(() => inOneGo<Row>(connection, query))),
    streamQuery() {
      throw new Error('a light write is one statement')
    },
  }
  return withConnections(db, async () => connection)
}

const BEGIN = CompiledQuery.raw('begin; set local synchronous_commit = off')
const COMMIT = CompiledQuery.raw('commit')

/** Resolves when all three are answered: only then may others have the connection. */
async function inOneGo<Row>(connection: DatabaseConnection, query: CompiledQuery): Promise<QueryResult<Row>> {
  const begun = connection.executeQuery(BEGIN)
  const answer = connection.executeQuery<Row>(query)
  const committed = connection.executeQuery(COMMIT)
  await Promise.allSettled([begun, answer, committed])
  await Promise.all([begun, committed])
  return answer
}

/** Commits the smallest possible transaction: once that is on disk, so is everything that was committed before. */
export async function bringToDisk(db: Db): Promise<void> {
  await sql`select pg_logical_emit_message(true, 'rounds', '')`.execute(db)
}
