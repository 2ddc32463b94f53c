import { DAY, type Day, dayOf, type Instant } from '../../domain/time/instant.ts'
import { inTransaction } from '../engine/transaction.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'

/** What an event says about a user of a customer, as hashes. `account` is a key. */
export type UserNews = {
  readonly hash: string
  readonly emailHash?: string
  readonly account?: number
  readonly at: Instant
}

/** A known user, and the account that they belong to by the newest event. */
export type TrackedUser = { readonly key: number; readonly account: number | undefined }

type Known = { key?: number; email_hash: string | null; account: number | null; at: Instant; isChanged: boolean }

/**
 * Adds users and what events say about them; of two accounts, the one that was named later counts. Returns every user
 * that was named.
 */
export async function trackUsers(db: Db, news: readonly UserNews[]): Promise<Map<string, TrackedUser>> {
  if (news.length === 0) return new Map()
  return inTransaction(db, async db => {
    const known = await readUsers(db, [...new Set(news.map(({ hash }) => hash))])
    for (const { hash, emailHash, account, at } of news) {
      const user = known.get(hash) ?? { email_hash: null, account: null, at: NEVER, isChanged: true }
      known.set(hash, user)
      if (emailHash !== undefined && emailHash !== user.email_hash) {
        user.email_hash = emailHash
        user.isChanged = true
      }
      const isNewer = at > user.at || (at === user.at && (account ?? 0) > (user.account ?? 0))
      if (account === undefined || !isNewer) continue
      user.isChanged ||= account !== user.account || at !== user.at
      user.account = account
      user.at = at
    }
    return saveUsers(db, known)
  })
}

const NEVER = -8_640_000_000_000_000

async function readUsers(db: Db, hashes: readonly string[]): Promise<Map<string, Known>> {
  const known = new Map<string, Known>()
  for (const part of slices(hashes)) {
    for (const { hash, ...user } of await db
      .selectFrom('tracked_users')
      .selectAll()
      .where('hash', 'in', part)
      .execute())
      known.set(hash, { ...user, isChanged: false })
  }
  return known
}

async function saveUsers(db: Db, known: ReadonlyMap<string, Known>): Promise<Map<string, TrackedUser>> {
  const users = new Map<string, TrackedUser>()
  for (const [hash, { key, isChanged, ...user }] of known) {
    const saved =
      key !== undefined
        ? key
        : (
            await db
              .insertInto('tracked_users')
              .values({ hash, ...user })
              .returning('key')
              .executeTakeFirstOrThrow()
          ).key
    if (key !== undefined && isChanged) await db.updateTable('tracked_users').set(user).where('key', '=', key).execute()
    users.set(hash, { key: saved, account: user.account ?? undefined })
  }
  return users
}

/**
 * Deletes a user, by the hash of an id or an address, and the days on which they were seen; returns how many users
 * there were.
 */
export async function forgetUser(db: Db, hash: string): Promise<number> {
  const users = db
    .selectFrom('tracked_users')
    .select('key')
    .where(({ eb, or }) => or([eb('hash', '=', hash), eb('email_hash', '=', hash)]))
  await db.deleteFrom('users_seen').where('tracked_user', 'in', users).execute()
  const gone = db
    .deleteFrom('tracked_users')
    .where(({ eb, or }) => or([eb('hash', '=', hash), eb('email_hash', '=', hash)]))
  return Number((await gone.executeTakeFirst()).numDeletedRows)
}

/** The days on which a user was seen, and with which account, by the hash of an id or an address. */
export async function readUse(db: Db, hash: string): Promise<{ readonly account: string; readonly day: Day }[]> {
  const rows = await db
    .selectFrom('users_seen')
    .innerJoin('tracked_users', 'tracked_users.key', 'users_seen.tracked_user')
    .innerJoin('accounts', 'accounts.key', 'users_seen.account')
    .select(['accounts.id', 'users_seen.day'])
    .where(({ eb, or }) => or([eb('hash', '=', hash), eb('email_hash', '=', hash)]))
    .orderBy('users_seen.day')
    .orderBy('accounts.id')
    .execute()
  return rows.map(({ id, day }) => ({ account: id, day: dayOf(day * DAY) }))
}
