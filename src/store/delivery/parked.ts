import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'
import type { Destination } from './outbox.ts'

/** Lets everything that is parked be tried again; says how much that is. */
export function retryParked(db: Db, now: Instant): Promise<number> {
  return release(db, now, {})
}

/** Whether something waits for this way to open. */
export async function isParked(db: Db, { platform, to }: Destination): Promise<boolean> {
  const parked = db.selectFrom('outbox').select('id').where('state', '=', 'parked')
  const there = parked.where('platform', '=', platform).where('destination', '=', to)
  return (await there.limit(1).executeTakeFirst()) !== undefined
}

/** The people for whom something waits. */
export async function parkedPeople(db: Db): Promise<Destination[]> {
  const rows = await db
    .selectFrom('outbox')
    .select(['platform', 'destination'])
    .distinct()
    .where('state', '=', 'parked')
    .where('destination', 'like', '@%')
    .execute()
  return rows.map(({ platform, destination }) => ({ platform, to: destination }))
}

/** A way that was closed is open: what waited for it goes out. */
export function releaseParked(db: Db, to: Destination, now: Instant): Promise<number> {
  return release(db, now, { to })
}

/** The bot was let in somewhere: many ways of that platform may be open now, such as every channel of a team. */
export function releasePlatform(db: Db, platform: string, now: Instant): Promise<number> {
  return release(db, now, { platform })
}

/** For each way that was last found closed before an instant the oldest message is tried again; the others wait for it. */
export async function probeParked(db: Db, triedBefore: Instant, now: Instant): Promise<number> {
  const probes = await db
    .selectFrom('outbox')
    .select(({ fn }) => fn.min('id').as('id'))
    .where('state', '=', 'parked')
    .groupBy(['platform', 'destination'])
    .having(({ fn }) => fn.max('sent_at'), '<=', triedBefore)
    .execute()
  return release(db, now, { ids: probes.map(({ id }) => id) })
}

async function release(
  db: Db,
  now: Instant,
  { to, ids, platform }: { readonly to?: Destination; readonly ids?: readonly number[]; readonly platform?: string },
): Promise<number> {
  if (ids?.length === 0) return 0
  let parked = db
    .updateTable('outbox')
    .set({ state: 'pending', tries: 0, not_before: now })
    .where('state', '=', 'parked')
  if (to !== undefined) parked = parked.where('platform', '=', to.platform).where('destination', '=', to.to)
  if (platform !== undefined) parked = parked.where('platform', '=', platform)
  if (ids !== undefined) parked = parked.where('id', 'in', ids)
  return Number((await parked.executeTakeFirst()).numUpdatedRows)
}
