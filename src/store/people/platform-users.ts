import { foldEmail } from '../../domain/people/person.ts'
import { inTransaction } from '../engine/transaction.ts'
import type { Db } from '../tables.ts'

/** A user of a platform, by the platform's own id. */
export type PlatformUser = { readonly platform: string; readonly userId: string }

/** By platform; undefined clears an id. */
export type UserIds = ReadonlyMap<string, string | undefined>

/** The user ids of a person that are known, by platform. */
export async function userIdsOf(db: Db, email: string): Promise<Record<string, string>> {
  const users = db.selectFrom('platform_users').selectAll().where('email', '=', foldEmail(email)).orderBy('platform')
  return Object.fromEntries((await users.execute()).map(({ platform, user_id }) => [platform, user_id]))
}

export async function userIdOrNone(db: Db, platform: string, email: string): Promise<string | undefined> {
  return (await userIdsOf(db, email))[platform]
}

/** Links a user to the person with that e-mail, and to nobody else. False if nobody has that e-mail. */
export async function linkUser(db: Db, written: string, { platform, userId }: PlatformUser): Promise<boolean> {
  const email = foldEmail(written)
  return inTransaction(db, async db => {
    const person = await db.selectFrom('people').select('email').where('email', '=', email).executeTakeFirst()
    if (person === undefined) return false
    const users = db.deleteFrom('platform_users').where('platform', '=', platform).where('user_id', '=', userId)
    await users.where('email', '!=', email).execute()
    await saveUserIds(db, email, new Map([[platform, userId]]))
    return true
  })
}

/** Whether saving these would change nothing. */
export async function hasUserIds(db: Db, email: string, ids: UserIds): Promise<boolean> {
  if (ids.size === 0) return true
  const known = await userIdsOf(db, email)
  return [...ids].every(([platform, userId]) => known[platform] === userId)
}

export async function saveUserIds(db: Db, email: string, ids: UserIds): Promise<void> {
  for (const [platform, userId] of ids) {
    if (userId === undefined) {
      await db.deleteFrom('platform_users').where('platform', '=', platform).where('email', '=', email).execute()
    } else {
      await db
        .insertInto('platform_users')
        .values({ platform, user_id: userId, email })
        .onConflict(conflict => conflict.columns(['platform', 'email']).doUpdateSet({ user_id: userId }))
        .execute()
    }
  }
}
