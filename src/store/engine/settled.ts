import { sql } from 'kysely'
import { isPostgres } from '../../../migrations/types.ts'
import type { Db } from '../tables.ts'

/** Tables whose triggers take a lock that says above which id somebody is writing: see migrations 0111 and 0133. */
type Numbered = 'events' | 'attribute_changes' | 'status_changes'

/**
 * The id up to which a table is complete, which is that of its newest row unless somebody is writing: rows that others
 * commit from now on have higher ids. SQLite has one writer. Not for use in a transaction, since each statement has to
 * see what was committed before it.
 */
export async function settledUpTo(db: Db, table: Numbered): Promise<number> {
  const newest = db.selectFrom(table).select(({ fn }) => fn.max('id').as('id'))
  if (!isPostgres(db)) return (await newest.executeTakeFirst())?.id ?? 0
  // The rows are those of when the statement began, the locks those of a little later. So whoever took a number below
  // the newest either still has a lock, or has come to an end.
  const { rows } = await sql<{ settled: number }>`
    select least(coalesce(${newest}, 0), (
      select min(objid::bigint) from pg_locks
      where locktype = 'advisory' and objsubid = 2 and classid::bigint
        = hashtext(current_schema() || '.' || ${table})::bigint & 4294967295
        and database = (select oid from pg_database where datname = current_database()))) as settled`.execute(db)
  return rows[0]?.settled ?? 0
}
