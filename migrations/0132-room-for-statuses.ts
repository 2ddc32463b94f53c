import { type Kysely, sql } from 'kysely'
import { isPostgres } from './types.ts'

/**
 * Every scoring rewrites all statuses. Half of each page is left for that: a row that is written again on its own page
 * leaves the indexes alone, unless one of their columns changed. Pages that are full by now empty as rows leave them.
 */
export async function roomForStatuses(db: Kysely<any>): Promise<void> {
  if (isPostgres(db)) await sql`alter table current_status set (fillfactor = 50)`.execute(db)
}
