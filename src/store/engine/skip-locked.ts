import type { SelectQueryBuilder } from 'kysely'
import { isPostgres } from '../../../migrations/types.ts'
import type { Db } from '../tables.ts'

/**
 * For rows that are read to be written in the same transaction: leaves out those that somebody else is writing now, and
 * nobody else takes them before it is over. SQLite has one writer, so that there is nothing to leave out.
 */
export function skipLocked<DB, TB extends keyof DB, O>(
  db: Db,
  query: SelectQueryBuilder<DB, TB, O>,
): SelectQueryBuilder<DB, TB, O> {
  return isPostgres(db) ? query.forUpdate().skipLocked() : query
}
