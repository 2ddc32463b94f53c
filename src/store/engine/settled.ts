import { sql } from 'kysely'
import { isPostgres } from '../../../migrations/types.ts'
import type { Db } from '../tables.ts'

/** Tables whose triggers say above which number somebody is writing: see migration 0111. */
type Numbered = 'events' | 'attribute_changes' | 'status_changes'

/**
 * Up to which id everything of a table is there: what others commit from now on has a higher one. SQLite has one writer.
 * Each statement sees what was committed before it, so not within a transaction.
 */
export async function settledUpTo(db: Db, table: Numbered): Promise<number> {
  if (!isPostgres(db)) return Number.MAX_SAFE_INTEGER
  const { rows: sequences } = await sql<{ name: string }>`
    select pg_get_serial_sequence(${table}, 'id') as name`.execute(db)
  const sequence = sql.raw(sequences[0]?.name ?? '')
  const numbered = await sql<{ last: number }>`
    select case when is_called then last_value else last_value - 1 end as last from ${sequence}`.execute(db)
  // Only then: who begins in between writes above that.
  const writing = await sql<{ above: number | null }>`
    select min(objid::bigint) as above from pg_locks
    where locktype = 'advisory' and objsubid = 2 and classid::bigint
      = hashtext(current_schema() || '.' || ${table})::bigint & 4294967295
      and database = (select oid from pg_database where datname = current_database())`.execute(db)
  return Math.min(numbered.rows[0]?.last ?? 0, writing.rows[0]?.above ?? Infinity)
}
