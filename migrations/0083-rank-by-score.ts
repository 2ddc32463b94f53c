import { type Kysely, sql } from 'kysely'

/**
 * The portfolio's order on disk ends with the score: who has the same score and verdict is sorted when read. The change
 * of 30 days is another one each night, and an index that follows it costs more than the rows themselves.
 */
export async function rankByScore(db: Kysely<any>): Promise<void> {
  await db.schema.dropIndex('current_status_by_rank').execute()
  await db.schema
    .createIndex('current_status_by_rank')
    .on('current_status')
    .expression(sql`is_retired, verdict, (coalesce(shown, 101))`)
    .execute()
}
