import type { Reach } from '../../../../domain/scoring/reach.ts'
import type { Db } from '../../../tables.ts'
import { type ReachedWeeks, weeksWithin } from '../../signals/reached-weeks.ts'

export async function reachedWeeks(db: Db, reach: Reach): Promise<ReachedWeeks> {
  const metrics = await db.selectFrom('metrics').select(['name', 'key']).execute()
  const keys = new Map(metrics.map(({ name, key }) => [name, key]))
  const stored = await db
    .selectFrom('signals')
    .select(({ fn }) => [fn.min('week').as('first'), fn.max('week').as('last')])
    .executeTakeFirstOrThrow()
  return weeksWithin(reach, name => keys.get(name), { ...stored, metrics: metrics.length })
}
