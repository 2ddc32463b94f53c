import { foldEmail } from '../../domain/people/person.ts'
import { inTransaction } from '../engine/transaction.ts'
import { userIdsOf } from '../people/platform-users.ts'
import { preferenceOrNone } from '../people/preferences.ts'
import type { Db } from '../tables.ts'

/** Stores which platforms are on, in order: the first is used for somebody who was never seen on any. */
export function saveChosenPlatforms(db: Db, names: readonly string[]): Promise<void> {
  // Other instances are at work while this one starts: they never find none.
  return inTransaction(db, async db => {
    await db.deleteFrom('platforms').execute()
    for (const [rank, name] of names.entries()) await db.insertInto('platforms').values({ name, rank }).execute()
  })
}

export async function chosenPlatformNames(db: Db): Promise<string[]> {
  return (await db.selectFrom('platforms').select('name').orderBy('rank').execute()).map(({ name }) => name)
}

/**
 * Where to write to a person: the platform they prefer, else the one they used last, else one that knows them, else
 * the first that is on. A platform that is off now is none of these.
 */
export async function platformOf(db: Db, email: string): Promise<string | undefined> {
  const folded = foldEmail(email)
  const on = await chosenPlatformNames(db)
  const person = await db.selectFrom('people').select('last_platform').where('email', '=', folded).executeTakeFirst()
  const wishes = [
    await preferenceOrNone(db, 'platform', [folded]),
    person?.last_platform ?? undefined,
    ...Object.keys(await userIdsOf(db, folded)),
  ]
  return wishes.find(wish => wish !== undefined && on.includes(wish)) ?? on[0]
}
