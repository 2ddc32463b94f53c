import type { Destination } from '../../domain/delivery/destination.ts'
import { HOUR, type Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'
import { type DestinationColumns, destinationColumns } from './destination-columns.ts'

/** Neither a channel nor a person: every destination of a platform. */
export const EVERYWHERE = { to_channel: '', to_person: '' }

/** No pause is longer: one that ends later was set by a clock that ran ahead, and is ignored. */
export const LONGEST_PAUSE = HOUR + 1_000

/** The platforms that are paused because they let nothing through. */
export async function pausedPlatforms(db: Db, now: Instant): Promise<string[]> {
  const resting = db.selectFrom('destination_pauses').select('platform')
  const rows = await resting
    .where('to_channel', '=', EVERYWHERE.to_channel)
    .where('to_person', '=', EVERYWHERE.to_person)
    .where('until', '>', now)
    .where('until', '<=', now + LONGEST_PAUSE)
    .execute()
  return rows.map(({ platform }) => platform)
}

export async function pausePlatform(db: Db, { platform }: Destination, until: Instant): Promise<void> {
  await pause(db, { platform, ...EVERYWHERE }, until)
}

export async function pauseDestination(db: Db, to: Destination, until: Instant): Promise<void> {
  await pause(db, destinationColumns(to), until)
}

async function pause(db: Db, columns: DestinationColumns, until: Instant): Promise<void> {
  await db
    .insertInto('destination_pauses')
    .values({ ...columns, until })
    .onConflict(conflict => conflict.columns(['platform', 'to_channel', 'to_person']).doUpdateSet({ until }))
    .execute()
}
