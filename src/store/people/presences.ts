import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'
import type { PlatformUser } from './platform-users.ts'

/** What a platform said about a user when it was last asked. */
export type Presence = { readonly askedAt: Instant; readonly isDeactivated: boolean }

export async function presenceOrNone(db: Db, { platform, userId }: PlatformUser): Promise<Presence | undefined> {
  const asked = db.selectFrom('presences').selectAll().where('platform', '=', platform).where('user_id', '=', userId)
  const row = await asked.executeTakeFirst()
  return row && { askedAt: row.asked_at, isDeactivated: row.is_deactivated === 1 }
}

export async function savePresence(
  db: Db,
  { platform, userId }: PlatformUser,
  { askedAt, isDeactivated }: Presence,
): Promise<void> {
  const said = { asked_at: askedAt, is_deactivated: isDeactivated ? 1 : 0 }
  await db
    .insertInto('presences')
    .values({ platform, user_id: userId, ...said })
    .onConflict(conflict => conflict.columns(['platform', 'user_id']).doUpdateSet(said))
    .execute()
}
