import type { History } from '../../domain/scoring/readings/window.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { compiledOnce } from '../compiled-once.ts'
import { observedAt, receivedAt } from '../engine/signals/signal-times.ts'
import { weekOf } from '../engine/signals/week.ts'
import type { Db } from '../tables.ts'

/** When each metric was first observed of any account, among what had been received by `knownAt`. */
export async function connections(
  db: Db,
  knownAt: Instant = Infinity,
  metrics = listMetricsWithFirst(db),
): Promise<History['connectedAt']> {
  const firsts = (await metrics).flatMap(({ key, name, first_at }) =>
    first_at === null ? [] : [{ key, name, first: first_at }],
  )
  const received = knownAt === Infinity ? undefined : await firstReceived(db, firsts, knownAt)
  const known = new Map(
    firsts.map(({ key, name, first }) => [name, received === undefined ? first : received.get(key)]),
  )
  return metric => known.get(metric)
}

/** Every metric, and when it was first observed of any account. */
export const listMetricsWithFirst = compiledOnce(db => db.selectFrom('metrics').select(['key', 'name', 'first_at']))

type First = { readonly key: number; readonly first: Instant }

/**
 * Week by week, since most was received when it was observed: the first week nearly always has it. What a correction
 * replaced counts as well.
 */
async function firstReceived(db: Db, firsts: readonly First[], knownAt: Instant): Promise<Map<number, Instant>> {
  const found = await firstVersions(db, knownAt)
  const { last } = await db
    .selectFrom('signals')
    .select(({ fn }) => fn.max('week').as('last'))
    .executeTakeFirstOrThrow()
  const open = new Set(firsts.map(({ key }) => key))
  const from = Math.min(...firsts.map(({ first }) => weekOf(first)))
  for (let week = from; week <= (last ?? from) && open.size > 0; week += 1) {
    const looked = firsts.filter(({ key, first }) => open.has(key) && weekOf(first) <= week).map(({ key }) => key)
    if (looked.length === 0) continue
    const rows = await db
      .selectFrom('signals')
      .select(['metric'])
      .select(({ fn }) => fn.min(observedAt).as('first'))
      .where('week', '=', week)
      .where('metric', 'in', looked)
      .where(receivedAt, '<=', knownAt)
      .groupBy('metric')
      .execute()
    for (const { metric, first } of rows) {
      open.delete(metric)
      found.set(metric, Math.min(first, found.get(metric) ?? Infinity))
    }
  }
  return found
}

async function firstVersions(db: Db, knownAt: Instant): Promise<Map<number, Instant>> {
  const rows = await db
    .selectFrom('signal_versions')
    .select(['metric'])
    .select(({ fn }) => fn.min('observed_at').as('first'))
    .where('received_at', '<=', knownAt)
    .groupBy('metric')
    .execute()
  return new Map(rows.map(({ metric, first }) => [metric, first]))
}
