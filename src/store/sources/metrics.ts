import type { Db } from '../tables.ts'

/** The names of all metrics, in the order of their keys. */
export async function listMetrics(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('metrics').select('name').orderBy('key').execute()
  return rows.map(({ name }) => name)
}

/** Updates when each metric was first observed, after signals were deleted. */
export async function noteMetricFirsts(db: Db): Promise<void> {
  await db
    .updateTable('metrics')
    .set(({ selectFrom }) => ({
      first_at: selectFrom('series')
        .select(({ fn }) => fn.min('first_at').as('first'))
        .whereRef('series.metric', '=', 'metrics.key'),
    }))
    .execute()
}
