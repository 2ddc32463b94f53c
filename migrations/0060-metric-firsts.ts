import { type Kysely, sql } from 'kysely'
import { typesOf } from './types.ts'

/** A metric says itself when it was observed first, so that no index follows the first instant of each series. */
export async function metricFirsts(db: Kysely<any>): Promise<void> {
  await db.schema.alterTable('metrics').addColumn('first_at', typesOf(db).instant).execute()
  await sql`update metrics set first_at = (select min(first_at) from series where series.metric = metrics.key)`.execute(
    db,
  )
  await db.schema.dropIndex('series_by_metric').execute()
  await db.schema.createIndex('series_by_metric').on('series').column('metric').execute()
}
