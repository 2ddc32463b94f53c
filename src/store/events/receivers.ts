import type { Instant } from '../../domain/time/instant.ts'
import type { Claimable } from '../claims/claims.ts'
import { settledUpTo } from '../engine/settled.ts'
import { hashOf } from '../secret-hash.ts'
import type { Db } from '../tables.ts'

/** A receiver that wants events, and which. */
export type WantedEvents = { readonly url: string; readonly events: readonly string[] }

/** How far a receiver has got. */
export type Receiver = {
  readonly url: string
  readonly told: number
  readonly tries: number
  readonly notBefore: Instant
  readonly fault?: string
}

/** Keeps the receivers of the settings, and no others. A new one gets what happens from now on. */
export async function syncReceivers(db: Db, wanted: readonly WantedEvents[], now: Instant): Promise<Receiver[]> {
  const urls = wanted.map(({ url }) => url)
  const known = new Map((await rowsOf(db)).map(row => [row.url, row]))
  const gone = [...known.keys()].filter(url => !urls.includes(url))
  if (gone.length > 0) await db.deleteFrom('event_receivers').where('url', 'in', gone).execute()
  for (const { url, events } of wanted) {
    const wants = JSON.stringify(events)
    const row = known.get(url)
    if (row === undefined) await addReceiver(db, url, wants, now)
    else if (row.wants !== wants)
      await db.updateTable('event_receivers').set({ wants }).where('url', '=', url).execute()
  }
  return (await rowsOf(db)).map(receiverOf)
}

async function addReceiver(db: Db, url: string, wants: string, now: Instant): Promise<void> {
  const told = await settledUpTo(db, 'events')
  await db
    .insertInto('event_receivers')
    .values({ url, told, not_before: now, fault: null, wants })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

const ALL = ['transition', 'alert', 'outcome']

/** The kinds of event that any receiver wants; one that did not say yet may want them all. */
export async function wantedKinds(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('event_receivers').select('wants').execute()
  return new Set(rows.flatMap(({ wants }): readonly string[] => (wants === null ? ALL : JSON.parse(wants))))
}

/**
 * What a process claims to send to a receiver. A hash, since its address may hold a secret and the names of claims are
 * shown.
 */
export function deliveryClaimOf(url: string): Claimable {
  return { kind: 'job', name: `webhook ${new URL(url).host} ${hashOf(url).slice(0, 8)}` }
}

export async function receiverOrNone(db: Db, url: string): Promise<Receiver | undefined> {
  return (await rowsOf(db)).filter(row => row.url === url).map(receiverOf)[0]
}

/** Records that a receiver got everything up to here. */
export async function markDelivered(db: Db, url: string, id: number): Promise<void> {
  await db.updateTable('event_receivers').set({ told: id, tries: 0, fault: null }).where('url', '=', url).execute()
}

export async function markRefused(
  db: Db,
  url: string,
  { tries, notBefore, fault }: Pick<Receiver, 'tries' | 'notBefore' | 'fault'>,
): Promise<void> {
  const refusal = { tries, not_before: notBefore, fault: fault ?? null }
  await db.updateTable('event_receivers').set(refusal).where('url', '=', url).execute()
}

/** The receivers that refused events at least so often. */
export async function refusedReceivers(db: Db, tries: number): Promise<Receiver[]> {
  return (await rowsOf(db)).filter(row => row.tries >= tries).map(receiverOf)
}

/** Tries every receiver again at once. */
export async function retryReceivers(db: Db, now: Instant): Promise<void> {
  await db.updateTable('event_receivers').set({ not_before: now }).where('tries', '>', 0).execute()
}

function rowsOf(db: Db) {
  return db.selectFrom('event_receivers').selectAll().orderBy('url').execute()
}

function receiverOf({ url, told, tries, not_before, fault }: Awaited<ReturnType<typeof rowsOf>>[number]): Receiver {
  return { url, told, tries, notBefore: not_before, ...(fault !== null && { fault }) }
}
