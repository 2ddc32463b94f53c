import { DAY, dayOf, type Instant } from '../../domain/time/instant.ts'
import type { Places } from '../engine/batch-order.ts'
import type { SignalBatch } from '../engine/signal-batch.ts'
import { WEEK } from '../engine/week.ts'
import type { Db } from '../tables.ts'
import { noteFeeds } from './feeds.ts'
import { addToDays } from './source-days.ts'

/** Adds to what each source sent, and on which days. */
export async function countReceived(db: Db, batch: SignalBatch, order: Places): Promise<void> {
  for (const [source, { received, days, feeds }] of sentBySource(batch, order)) {
    const name = batch.sources.all[source] ?? ''
    await addToCount(db, name, received, 0)
    await addToDays(
      db,
      [...days].map(([day, sent]) => ({ source: name, day: dayOf(day * DAY), rejected: 0, ...sent })),
    )
    await noteFeeds(
      db,
      [...feeds].map(([metric, newestByDay]) => ({
        metric: batch.metrics.all[metric] ?? '',
        source: name,
        newestByDay,
      })),
    )
  }
}

/** What one source sent in one go. */
type Sent = {
  received: number
  /** By the number of the day on which it was received. */
  readonly days: Map<number, { received: number; lag: number }>
  readonly feeds: Map<number, Map<number, Instant>>
}

function sentBySource(batch: SignalBatch, order: Places): Map<number, Sent> {
  const bySource = new Map<number, Sent>()
  for (const place of order) {
    const observedAt = (batch.week[place] ?? 0) * WEEK + (batch.time[place] ?? 0)
    const delay = batch.delay[place] ?? 0
    const sent = entry(bySource, batch.source[place] ?? 0, nothingSent)
    sent.received += 1
    const arrived = entry(sent.days, Math.floor((observedAt + delay) / DAY), nothingReceived)
    arrived.received += 1
    arrived.lag += Math.max(0, delay)
    const newest = entry(sent.feeds, batch.metric[place] ?? 0, noDays)
    const day = Math.floor(observedAt / DAY)
    if (observedAt > (newest.get(day) ?? -Infinity)) newest.set(day, observedAt)
  }
  return bySource
}

const nothingSent = (): Sent => ({ received: 0, days: new Map(), feeds: new Map() })
const nothingReceived = () => ({ received: 0, lag: 0 })
const noDays = () => new Map<number, Instant>()

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}

/** Adds to what was rejected at a door; it counts under the door's own source, for what the row says is not to be trusted. */
export async function countRejected(db: Db, source: string, rejected: number, now: Instant): Promise<void> {
  if (rejected === 0) return
  await addToCount(db, source, 0, rejected)
  await addToDays(db, [{ source, day: dayOf(now), received: 0, rejected, lag: 0 }])
}

async function addToCount(db: Db, source: string, received: number, rejected: number): Promise<void> {
  await db
    .insertInto('source_counts')
    .values({ source, received, rejected })
    .onConflict(conflict =>
      conflict.column('source').doUpdateSet(({ eb }) => ({
        received: eb('source_counts.received', '+', received),
        rejected: eb('source_counts.rejected', '+', rejected),
      })),
    )
    .execute()
}
