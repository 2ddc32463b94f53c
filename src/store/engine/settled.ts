import { sql } from 'kysely'
import { isPostgres } from '../../../migrations/types.ts'
import type { Db } from '../tables.ts'

/** Tables whose triggers take a lock that says above which id somebody is writing: see migration 0111. */
type Numbered = 'events' | 'attribute_changes' | 'status_changes'

/**
 * The id up to which a table is complete: rows that others commit from now on have higher ids. SQLite has one writer,
 * so there it is always complete. Not for use in a transaction, since each statement has to see what was committed
 * before it.
 */
export async function settledUpTo(db: Db, table: Numbered): Promise<number> {
  if (!isPostgres(db)) return Number.MAX_SAFE_INTEGER
  const { rows: sequences } = await sql<{ name: string }>`
    select pg_get_serial_sequence(${table}, 'id') as name`.execute(db)
  const sequence = sql.raw(sequences[0]?.name ?? '')
  const numbered = await sql<{ last: number }>`
    select case when is_called then last_value else last_value - 1 end as last from ${sequence}`.execute(db)
  // Asked last: a transaction that begins in between writes above that.
  const writing = await sql<{ above: number | null }>`
    select min(objid::bigint) as above from pg_locks
    where locktype = 'advisory' and objsubid = 2 and classid::bigint
      = hashtext(current_schema() || '.' || ${table})::bigint & 4294967295
      and database = (select oid from pg_database where datname = current_database())`.execute(db)
  return Math.min(numbered.rows[0]?.last ?? 0, writing.rows[0]?.above ?? Infinity)
}
