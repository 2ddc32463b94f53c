import { DAY } from '../../src/domain/time/instant.ts'
import { openFile } from '../../src/ingest/files/source.ts'
import { LOADERS } from '../../src/ingest/load/load.ts'
import type { LoadReport } from '../../src/ingest/load/loading.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { migrate } from '../../src/store/engine/schema/migrate.ts'
import { listedAccounts } from './accounts.ts'
import { MORNING } from './signals.ts'

/** A new database that knows so many accounts and nothing of them. */
export async function databaseWithAccounts(url: string, accounts: number): Promise<Connection> {
  const connection = openDatabase(url)
  await migrate(connection)
  await saveAccounts(connection.db, listedAccounts(accounts), MORNING - 100 * DAY)
  return connection
}

const REJECTS = {
  add: () => {
    throw new Error('no row is bad')
  },
  close: () => {},
}

/** As `rounds import signals FILE --history` does. */
export async function importSignals(connection: Connection, file: string): Promise<LoadReport> {
  const source = await openFile(file)
  return LOADERS.signals({ connection, source, rejects: REJECTS, now: MORNING, isHistory: true, platforms: [] })
}
