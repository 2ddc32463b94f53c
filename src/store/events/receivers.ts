import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'

/** How far a receiver was told. */
export type Receiver = {
  readonly url: string
  readonly told: number
  readonly tries: number
  readonly notBefore: Instant
  readonly fault?: string
}

/** Who is new hears of what happens from now on. */
export async function receiverOf(db: Db, url: string, now: Instant): Promise<Receiver> {
  const known = await receiverOrNone(db, url)
  if (known !== undefined) return known
  const newest = await db
    .selectFrom('events')
    .select(({ fn }) => fn.max('id').as('id'))
    .executeTakeFirst()
  await db
    .insertInto('event_receivers')
    .values({ url, told: newest?.id ?? 0, not_before: now, fault: null })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  return { url, told: newest?.id ?? 0, tries: 0, notBefore: now }
}

async function receiverOrNone(db: Db, url: string): Promise<Receiver | undefined> {
  const row = await db.selectFrom('event_receivers').selectAll().where('url', '=', url).executeTakeFirst()
  if (row === undefined) return undefined
  const { told, tries, not_before: notBefore, fault } = row
  return { url, told, tries, notBefore, ...(fault !== null && { fault }) }
}

/** It was told up to here. */
export async function markTold(db: Db, url: string, id: number): Promise<void> {
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

/** Those that were refused at least so often. */
export async function refusedReceivers(db: Db, tries: number): Promise<Receiver[]> {
  const rows = await db.selectFrom('event_receivers').select('url').where('tries', '>=', tries).orderBy('url').execute()
  const receivers = await Promise.all(rows.map(({ url }) => receiverOrNone(db, url)))
  return receivers.filter(receiver => receiver !== undefined)
}

/** Looks at them again at once. */
export async function retryReceivers(db: Db, now: Instant): Promise<void> {
  await db.updateTable('event_receivers').set({ not_before: now }).where('tries', '>', 0).execute()
}
