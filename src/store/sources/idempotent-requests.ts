import { DAY, type Instant } from '../../domain/time/instant.ts'
import { isGone } from '../claims/instances.ts'
import type { Connection } from '../engine/engine.ts'
import type { Db } from '../tables.ts'

/** A request that can be repeated safely: the token that it came with, and the key that it chose. */
export type RequestKey = { readonly token: string; readonly key: string }

/** When a request came, and which instance is handling it. */
export type Begun = { readonly now: Instant; readonly instance: string }

/** An answer, and the hash of the body that it answers. */
export type Answered = { readonly hash: string; readonly status: number; readonly answer: string }

/** How long an answer is kept. */
const REMEMBERED = DAY

type Where = Pick<Connection, 'db' | 'engine'>

/**
 * Begins a request, unless one with its key is under way in an instance that is up, or was answered within a day.
 * Nobody waits for the disk: if a power cut loses the beginning, the request was not answered either.
 */
export async function claimRequest(
  { db, engine }: Where,
  { token, key }: RequestKey,
  { now, instance }: Begun,
): Promise<'claimed' | 'under_way' | Answered> {
  const ofKey = { token, key }
  await db
    .deleteFrom('idempotent_requests')
    .where(({ and }) => and(ofKey))
    .where(({ eb, or, and }) =>
      or([eb('at', '<=', now - REMEMBERED), and([eb('status', 'is', null), isGone(db, 'instance', instance)])]),
    )
    .execute()
  const { result: begun } = await engine.writeLightly(db, db =>
    db
      .insertInto('idempotent_requests')
      .values({ ...ofKey, at: now, instance })
      .onConflict(conflict => conflict.columns(['token', 'key']).doNothing())
      .executeTakeFirst(),
  )
  if (begun.numInsertedOrUpdatedRows === 1n) return 'claimed'
  const row = await db
    .selectFrom('idempotent_requests')
    .select(['hash', 'status', 'answer'])
    .where(({ and }) => and(ofKey))
    .executeTakeFirst()
  const { hash = null, status = null, answer = null } = row ?? {}
  return hash === null || status === null || answer === null ? 'under_way' : { hash, status, answer }
}

/** Resolves once the answer is on disk; does not block the event loop. */
export async function saveAnswer({ db, engine }: Where, key: RequestKey, answered: Answered): Promise<void> {
  const { onDisk } = await engine.writeLightly(db, db =>
    db
      .updateTable('idempotent_requests')
      .set(answered)
      .where(({ and }) => and({ ...key }))
      .execute(),
  )
  await onDisk()
}

/** For a request that was refused or broke off: the same key may try again. */
export async function releaseRequest(db: Db, { token, key }: RequestKey, { now, instance }: Begun): Promise<void> {
  await db
    .deleteFrom('idempotent_requests')
    .where(({ and }) => and({ token, key, at: now, instance }))
    .where('status', 'is', null)
    .execute()
}

export async function forgetAnswers(db: Db, now: Instant): Promise<void> {
  await db
    .deleteFrom('idempotent_requests')
    .where('at', '<=', now - REMEMBERED)
    .execute()
}
