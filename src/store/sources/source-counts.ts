import { DAY, dayOf, type Instant } from '../../domain/time/instant.ts'
import type { Places } from '../engine/signals/batch-order.ts'
import type { SignalBatch } from '../engine/signals/signal-batch.ts'
import type { Db } from '../tables.ts'
import { noteFeeds } from './feeds.ts'
import { sentBySource } from './sent-by-source.ts'
import { addToDays } from './source-days.ts'

/** Counts what each source sent, and on which days. */
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

/** Counts what a door rejected, under the door's own source: what the row says cannot be trusted. */
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
