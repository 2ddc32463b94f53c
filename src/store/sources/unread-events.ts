import type { Instant } from '../../domain/time/instant.ts'
import { inTransaction } from '../engine/transaction.ts'
import type { Db } from '../tables.ts'

export type UnreadEvent = { readonly event: string; readonly count: number; readonly lastAt: Instant }

/** More names than this are somebody's mistake, and are counted together. */
const MOST_NAMES = 1_000
export const OTHERS = '(other events)'

/** Counts events that turn into no metric. */
export async function countUnreadEvents(db: Db, events: ReadonlyMap<string, number>, now: Instant): Promise<void> {
  await inTransaction(db, async db => {
    const known = new Set((await db.selectFrom('unread_events').select('event').execute()).map(({ event }) => event))
    for (const [name, count] of events) {
      const event = known.has(name) || known.size < MOST_NAMES ? name : OTHERS
      known.add(event)
      await db
        .insertInto('unread_events')
        .values({ event, count, last_at: now })
        .onConflict(conflict =>
          conflict.column('event').doUpdateSet(({ eb }) => ({
            count: eb('unread_events.count', '+', count),
            last_at: now,
          })),
        )
        .execute()
    }
  })
}

/** The most frequent first. */
export async function listUnreadEvents(db: Db): Promise<UnreadEvent[]> {
  const rows = await db.selectFrom('unread_events').selectAll().orderBy('count', 'desc').orderBy('event').execute()
  return rows.map(({ event, count, last_at }) => ({ event, count, lastAt: last_at }))
}
