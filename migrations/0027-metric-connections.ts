import type { Kysely } from 'kysely'

/** Whether a metric was ever observed of anybody, and since when, is one seek. */
export async function metricConnections(db: Kysely<any>): Promise<void> {
  await db.schema.createIndex('series_by_metric').on('series').columns(['metric', 'first_at']).execute()
}
