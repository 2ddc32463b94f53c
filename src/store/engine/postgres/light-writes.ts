import { CompiledQuery, type DatabaseConnection, type QueryResult, sql } from 'kysely'
import type { Db } from '../../tables.ts'
import { retryForgottenStatement } from '../forgotten-statement.ts'
import { askedThrough } from '../together.ts'

/**
 * The same database, on which each statement is a transaction of its own that does not wait for the server's disk. Its
 * beginning and its end go to the server along with it, so that it is waited for once.
 */
export function writtenLightly(db: Db): Db {
  const executor = db.getExecutor()
  const connection: DatabaseConnection = {
    executeQuery: <Row>(query: CompiledQuery) =>
      executor.provideConnection(connection => retryForgottenStatement(() => inOneGo<Row>(connection, query))),
    streamQuery() {
      throw new Error('what is written lightly is one statement')
    },
  }
  return askedThrough(db, async () => connection)
}

const BEGIN = CompiledQuery.raw('begin; set local synchronous_commit = off')
const COMMIT = CompiledQuery.raw('commit')

/** Nobody else has the connection before all of it is answered. */
async function inOneGo<Row>(connection: DatabaseConnection, query: CompiledQuery): Promise<QueryResult<Row>> {
  const begun = connection.executeQuery(BEGIN)
  const answer = connection.executeQuery<Row>(query)
  const committed = connection.executeQuery(COMMIT)
  await Promise.allSettled([begun, answer, committed])
  await Promise.all([begun, committed])
  return answer
}

/** A transaction that is on the disk has all on the disk that was committed before; the least one is a word in the log. */
export async function bringToDisk(db: Db): Promise<void> {
  await sql`select pg_logical_emit_message(true, 'rounds', '')`.execute(db)
}
