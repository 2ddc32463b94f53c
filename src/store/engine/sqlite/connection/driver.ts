import type Sqlite from 'better-sqlite3'
import { CompiledQuery, type DatabaseConnection, SqliteAdapter, SqliteDriver, type TransactionSettings } from 'kysely'
import { prepared, preparedOnce } from './prepared-statements.ts'
import type { Turns } from './turns.ts'

/** With Kysely's own adapter, everybody would wait for the connection while its user waits for another process. */
export function turnTakingAdapter(): SqliteAdapter {
  return Object.defineProperty(new SqliteAdapter(), 'supportsMultipleConnections', { value: true })
}

/**
 * One connection, used in turns. Every transaction that may write takes its lock at once: a plain BEGIN takes it at the
 * first write, where it fails instead of waiting for another process.
 */
export function turnTakingDriver(sqlite: Sqlite.Database, turns: Turns): SqliteDriver {
  const driver = new SqliteDriver({ database: preparedOnce(sqlite) })
  const [acquire, rollBack] = [driver.acquireConnection.bind(driver), driver.rollbackTransaction.bind(driver)]
  let waiting: DatabaseConnection | undefined
  driver.acquireConnection = async () => {
    await turns.take()
    waiting ??= waitingConnection(await acquire(), sqlite, turns)
    return waiting
  }
  driver.releaseConnection = async () => turns.pass()
  driver.beginTransaction = async (connection: DatabaseConnection, settings?: TransactionSettings) => {
    const begin = settings?.accessMode === 'read only' ? 'begin' : 'begin immediate'
    await connection.executeQuery(CompiledQuery.raw(begin))
  }
  // SQLite ends a transaction itself when the disk is full: rolling it back again would hide the reason behind a second error.
  driver.rollbackTransaction = async connection => {
    if (sqlite.inTransaction) await rollBack(connection)
  }
  return driver
}

function waitingConnection(connection: DatabaseConnection, sqlite: Sqlite.Database, turns: Turns): DatabaseConnection {
  return {
    // Only the start of a write can meet another writer.
    executeQuery: query =>
      sqlite.inTransaction || prepared(sqlite, query.sql).readonly
        ? connection.executeQuery(query)
        : turns.write(() => connection.executeQuery(query)),
    streamQuery: connection.streamQuery.bind(connection),
  }
}
