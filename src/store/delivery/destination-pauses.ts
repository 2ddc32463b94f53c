import { HOUR, type Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'
import type { Destination } from './outbox.ts'

/** Stands for all destinations of a platform. */
export const EVERYWHERE = '*'

/** No pause that is set is longer: what ends later was set by a clock that ran ahead, and is void. */
export const LONGEST_PAUSE = HOUR + 1_000

/** The platforms that are left alone for a while, since they let nothing through. */
export async function platformsAtRest(db: Db, now: Instant): Promise<string[]> {
  const resting = db.selectFrom('destination_pauses').select('platform')
  const rows = await resting
    .where('destination', '=', EVERYWHERE)
    .where('until', '>', now)
    .where('until', '<=', now + LONGEST_PAUSE)
    .execute()
  return rows.map(({ platform }) => platform)
}

export async function pausePlatform(db: Db, { platform }: Destination, until: Instant): Promise<void> {
  await pauseDestination(db, { platform, to: EVERYWHERE }, until)
}

export async function pauseDestination(db: Db, { platform, to }: Destination, until: Instant): Promise<void> {
  await db
    .insertInto('destination_pauses')
    .values({ platform, destination: to, until })
    .onConflict(conflict => conflict.columns(['platform', 'destination']).doUpdateSet({ until }))
    .execute()
}
