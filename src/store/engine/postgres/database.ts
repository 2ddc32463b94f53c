import { Kysely, PostgresDialect } from 'kysely'
import { BotError } from '../../../errors.ts'
import type { Tables } from '../../tables.ts'
import type { Connection } from '../engine.ts'
import { openPool } from './connections/pool.ts'
import { isBusy } from './failures.ts'
import { postgresEngine } from './postgres-engine.ts'
import { openReplica, type Replica } from './replica.ts'

/** Connections for small writes that nothing else may hold up: that a request came in, and that it was handled. */
const ASIDE = 2

/** Opens `postgres://...`. Connections are made when something is asked, at most `size` at the same time. */
export function openPostgres(url: string, size: number, readUrl?: string): Connection {
  const pool = openPool(url, size)
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  // Long lookups may use all the others.
  const aside = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: openPool(url, ASIDE) }) })
  const replica = readUrl === undefined ? undefined : openReplica(readUrl, size, db)
  const connection: Connection = {
    db,
    engine: postgresEngine({ url, pool, db, aside, replica }),
    reading: work => (replica === undefined ? work(connection) : readOn(replica, connection, work)),
    close: async () => {
      await Promise.all([replica?.close(), aside.destroy(), db.destroy()])
    },
  }
  return connection
}

/**
 * Work that fails on the replica runs again on the primary: the replica may be gone, or the work turned out to write.
 */
async function readOn<T>(
  replica: Replica,
  primary: Connection,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  if (!(await replica.hasCaughtUp())) return work(primary)
  try {
    return await work({ ...primary, db: replica.db, reading: work => work(primary) })
  } catch (error) {
    if (error instanceof BotError) throw error
    if (isBusy(error)) replica.leaveAlone()
    return work(primary)
  }
}
