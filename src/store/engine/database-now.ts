import { PostgresAdapter, type RawBuilder, sql } from 'kysely'
import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'

/** The clock that all processes on a database share. */
export function databaseNow(db: Db): RawBuilder<Instant> {
  return db.getExecutor().adapter instanceof PostgresAdapter
    ? sql<Instant>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`
    : sql<Instant>`cast(unixepoch('subsec') * 1000 as integer)`
}

export async function readDatabaseNow(db: Db): Promise<Instant> {
  const { rows } = await sql<{ now: Instant }>`select ${databaseNow(db)} as now`.execute(db)
  const [row] = rows
  if (row === undefined) throw new Error('the database does not say what time it is')
  return row.now
}
