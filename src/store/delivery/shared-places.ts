import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'
import type { Destination } from './outbox.ts'

/** Whether others read along in a channel, if the platform said so after `since`; a time to come does not count. */
export async function recentlyShared(
  db: Db,
  { platform, to }: Destination,
  since: Instant,
  now: Instant,
): Promise<boolean | undefined> {
  const row = await db
    .selectFrom('shared_places')
    .select('is_shared')
    .where('platform', '=', platform)
    .where('channel', '=', to)
    .where('checked_at', '>', since)
    .where('checked_at', '<=', now)
    .executeTakeFirst()
  return row && row.is_shared === 1
}

export async function saveShared(db: Db, { platform, to }: Destination, isShared: boolean, at: Instant): Promise<void> {
  const found = { is_shared: isShared ? 1 : 0, checked_at: at }
  await db
    .insertInto('shared_places')
    .values({ platform, channel: to, ...found })
    .onConflict(conflict => conflict.columns(['platform', 'channel']).doUpdateSet(found))
    .execute()
}

/** Every channel in which others read along, as `platform:channel`. */
export async function sharedPlaces(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('shared_places').selectAll().where('is_shared', '=', 1).execute()
  return new Set(rows.map(({ platform, channel }) => `${platform}:${channel}`))
}
