import type { Destination } from '../../domain/delivery/destination.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { compiledOnce } from '../compiled-once.ts'
import { destinationColumns } from '../destinations/destination-columns.ts'
import type { Db } from '../tables.ts'

/** Retries everything that is parked; returns how much that is. */
export function retryParked(db: Db, now: Instant): Promise<number> {
  return release(db, now, {})
}

/** Whether anything is parked for this destination. */
export async function isParked(db: Db, to: Destination): Promise<boolean> {
  const { platform, to_channel, to_person } = destinationColumns(to)
  return (await parkedThere(db, platform, to_channel, to_person)).length > 0
}

const parkedThere = compiledOnce((db, platform: string, channel: string, person: string) =>
  db
    .selectFrom('outbox')
    .select('id')
    .where('state', '=', 'parked')
    .where('platform', '=', platform)
    .where('to_channel', '=', channel)
    .where('to_person', '=', person)
    .limit(1),
)

/** People for whom something is parked. */
export async function parkedPeople(db: Db): Promise<(Destination & { readonly person: string })[]> {
  const rows = await db
    .selectFrom('outbox')
    .select(['platform', 'to_person'])
    .distinct()
    .where('state', '=', 'parked')
    .where('to_person', '!=', '')
    .execute()
  return rows.map(({ platform, to_person }) => ({ platform, person: to_person }))
}

/** Sends what was parked for a destination that works again. */
export function releaseParked(db: Db, to: Destination, now: Instant): Promise<number> {
  return release(db, now, { to })
}

/**
 * For when the bot was added somewhere: many destinations of that platform may work now, such as every channel of a
 * team.
 */
export function releasePlatform(db: Db, platform: string, now: Instant): Promise<number> {
  return release(db, now, { platform })
}

/** For each destination last found broken before an instant, retries the oldest message; the others wait for it. */
export async function probeParked(db: Db, triedBefore: Instant, now: Instant): Promise<number> {
  const probes = await db
    .selectFrom('outbox')
    .select(({ fn }) => fn.min('id').as('id'))
    .where('state', '=', 'parked')
    .groupBy(['platform', 'to_channel', 'to_person'])
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
  if (to !== undefined) {
    const { platform, to_channel, to_person } = destinationColumns(to)
    parked = parked.where('platform', '=', platform).where('to_channel', '=', to_channel)
    parked = parked.where('to_person', '=', to_person)
  }
  if (platform !== undefined) parked = parked.where('platform', '=', platform)
  if (ids !== undefined) parked = parked.where('id', 'in', ids)
  return Number((await parked.executeTakeFirst()).numUpdatedRows)
}
