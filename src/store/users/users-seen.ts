import { inTransaction } from '../engine/transaction.ts'
import { readMeta, saveMeta } from '../meta.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'

/** A user who was seen on a day, which is a number since 1970; account and user are keys. */
export type Sighting = { readonly day: number; readonly account: number; readonly user: number }

/** An account whose users must be counted again from a day on; `news` shows whether more came meanwhile. */
export type CountDue = { readonly account: number; readonly fromDay: number; readonly news: number }

/** Records who was seen. Accounts whose past days change by that, those before `today`, are due to be counted again. */
export async function noteSeen(db: Db, sightings: readonly Sighting[], today: number): Promise<void> {
  if (sightings.length === 0) return
  await inTransaction(db, async db => {
    const firstDays = new Map<number, number>()
    for (const { day, account, user } of sightings) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('users_seen')
        .values({ day, account, tracked_user: user })
        .onConflict(conflict => conflict.columns(['day', 'account', 'tracked_user']).doNothing())
        .executeTakeFirst()
      const isNews = numInsertedOrUpdatedRows === 1n && day < today
      if (isNews) firstDays.set(account, Math.min(day, firstDays.get(account) ?? day))
    }
    for (const [account, from_day] of firstDays) {
      await db
        .insertInto('user_counts_due')
        .values({ account, from_day, news: 1 })
        .onConflict(conflict =>
          conflict.column('account').doUpdateSet(({ eb, ref }) => ({
            news: eb('user_counts_due.news', '+', 1),
            from_day: eb
              .case()
              .when('user_counts_due.from_day', '<', ref('excluded.from_day'))
              .then(ref('user_counts_due.from_day'))
              .else(ref('excluded.from_day'))
              .end(),
          })),
        )
        .execute()
    }
  })
}

export async function readCountsDue(db: Db, most: number): Promise<CountDue[]> {
  const rows = await db.selectFrom('user_counts_due').selectAll().orderBy('account').limit(most).execute()
  return rows.map(({ account, from_day, news }) => ({ account, fromDay: from_day, news }))
}

/** Ends the need to count these, unless more came meanwhile. */
export async function endCountsDue(db: Db, counted: readonly CountDue[]): Promise<void> {
  for (const { account, news } of counted) {
    await db.deleteFrom('user_counts_due').where('account', '=', account).where('news', '=', news).execute()
  }
}

/** Who was seen on which day, for some accounts, by account. */
export async function readSeen(
  db: Db,
  accounts: readonly number[],
  days: { readonly first: number; readonly last: number },
): Promise<Map<number, { readonly day: number; readonly user: number }[]>> {
  const seen = new Map<number, { day: number; user: number }[]>()
  const each = Array.from({ length: days.last - days.first + 1 }, (_, at) => days.first + at)
  for (const part of slices(each)) {
    const rows = await db
      .selectFrom('users_seen')
      .selectAll()
      .where('day', 'in', part)
      .where('account', 'in', accounts)
      .execute()
    for (const { account, day, tracked_user: user } of rows) {
      const of = seen.get(account) ?? []
      of.push({ day, user })
      seen.set(account, of)
    }
  }
  return seen
}

/** Accounts after a key, in the order of keys. */
export async function accountsAfter(db: Db, key: number, most: number): Promise<{ key: number; id: string }[]> {
  return db.selectFrom('accounts').select(['key', 'id']).where('key', '>', key).orderBy('key').limit(most).execute()
}

export async function accountsOfKeys(db: Db, keys: readonly number[]): Promise<{ key: number; id: string }[]> {
  if (keys.length === 0) return []
  return db.selectFrom('accounts').select(['key', 'id']).where('key', 'in', keys).execute()
}

/** Deletes some of the days that nobody counts anymore. */
export async function forgetSeen(db: Db, before: number): Promise<void> {
  const oldest = await db
    .selectFrom('users_seen')
    .select(({ fn }) => fn.min('day').as('day'))
    .executeTakeFirst()
  if (oldest === undefined || oldest.day === null || oldest.day >= before) return
  await db.deleteFrom('users_seen').where('day', '=', oldest.day).execute()
}

const COUNTED_TO = 'users_counted_to'

/** The last day whose beginning was counted for every account. */
export async function usersCountedTo(db: Db): Promise<number | undefined> {
  const day = await readMeta(db, COUNTED_TO)
  return day === undefined ? undefined : Number(day)
}

export function saveUsersCountedTo(db: Db, day: number): Promise<void> {
  return saveMeta(db, COUNTED_TO, String(day))
}
