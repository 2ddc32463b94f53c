import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'

/** A place where others may read along, unlike a direct message. */
export type Place = { readonly platform: string; readonly channel: string }

/**
 * Whether others read along in a channel, if the platform said so after `since`; a time in the future does not count.
 */
export async function recentlyShared(
  db: Db,
  { platform, channel }: Place,
  since: Instant,
  now: Instant,
): Promise<boolean | undefined> {
  const row = await db
    .selectFrom('shared_places')
    .select('is_shared')
    .where('platform', '=', platform)
    .where('channel', '=', channel)
    .where('checked_at', '>', since)
    .where('checked_at', '<=', now)
    .executeTakeFirst()
  return row && row.is_shared === 1
}

export async function saveShared(db: Db, { platform, channel }: Place, isShared: boolean, at: Instant): Promise<void> {
  const found = { is_shared: isShared ? 1 : 0, checked_at: at }
  await db
    .insertInto('shared_places')
    .values({ platform, channel, ...found })
    .onConflict(conflict => conflict.columns(['platform', 'channel']).doUpdateSet(found))
    .execute()
}

/** Every channel in which others read along. */
export function sharedPlaces(db: Db): Promise<Place[]> {
  return db.selectFrom('shared_places').select(['platform', 'channel']).where('is_shared', '=', 1).execute()
}
