import type { Db } from '../tables.ts'

/** The names of all metrics, in the order of their keys. */
export async function listMetrics(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('metrics').select('name').orderBy('key').execute()
  return rows.map(({ name }) => name)
}
