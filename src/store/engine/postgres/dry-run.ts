import { sql } from 'kysely'
import type { Db } from '../../tables.ts'
import { COPIED, EMPTY } from '../dry-run-tables.ts'
import type { SignalColumns } from '../signals/signal-columns.ts'
import type { Pool } from './connections/pool.ts'
import { fetchRows } from './signals/write-rows.ts'

export type DryRun = {
  /** Copies what is stored for these rows to where they are written. */
  fetchKnown(db: Db, rows: SignalColumns): Promise<void>
  end(): Promise<void>
}

/**
 * Until the end, everything goes through one transaction and writes to temporary tables that hide the real ones: nobody
 * else waits for a lock, and no proxy hands out another connection. There are too many signals to copy: each is fetched
 * when a row needs it.
 */
export async function startDryRun(db: Db, pool: Pool): Promise<DryRun> {
  const { takeBack } = await pool.pin()
  const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(db)
  const { schema = 'public' } = rows[0] ?? {}
  for (const table of [...COPIED, ...EMPTY]) {
    await sql`create temp table ${sql.table(table)} (like ${sql.id(schema, table)} including all)`.execute(db)
  }
  for (const table of COPIED) await copy(db, schema, table)
  return {
    fetchKnown: (db, rows) => fetchRows(db, schema, rows),
    end: takeBack,
  }
}

async function copy(db: Db, schema: string, table: string): Promise<void> {
  await sql`insert into ${sql.id('pg_temp', table)} select * from ${sql.id(schema, table)}`.execute(db)
  const { rows } = await sql<{ name: string }>`select attname as name from pg_attribute
    where attrelid = ${`pg_temp.${table}`}::regclass and attidentity <> ''`.execute(db)
  for (const { name } of rows) {
    await sql`select setval(pg_get_serial_sequence(${`pg_temp.${table}`}, ${name}),
      (select coalesce(max(${sql.ref(name)}), 0) + 1 from ${sql.id('pg_temp', table)}), false)`.execute(db)
  }
}
