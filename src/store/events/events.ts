import type { Instant } from '../../domain/time/instant.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'

export type EventKind = 'transition' | 'alert' | 'outcome'

export type NewEvent = {
  readonly kind: EventKind
  readonly at: Instant
  readonly payload: Readonly<Record<string, unknown>>
}

export type StoredEvent = NewEvent & { readonly id: number }

/** Adds what other systems are to be told, in the transaction of what happened. */
export async function addEvents(db: Db, events: readonly NewEvent[]): Promise<void> {
  for (const part of slices(events)) {
    await db
      .insertInto('events')
      .values(part.map(({ payload, ...event }) => ({ ...event, payload: JSON.stringify(payload) })))
      .execute()
  }
}

/** The first events after one of them. */
export async function eventsAfter(db: Db, id: number, most: number): Promise<StoredEvent[]> {
  const rows = await db.selectFrom('events').selectAll().where('id', '>', id).orderBy('id').limit(most).execute()
  return rows.map(({ kind, payload, ...event }) => ({
    ...event,
    kind: kind as EventKind,
    payload: JSON.parse(payload),
  }))
}

/** What everybody was told, and what nobody wants to be told, goes. */
export async function deleteToldEvents(db: Db, receivers: readonly string[], before: Instant): Promise<void> {
  if ((await db.selectFrom('events').select('id').limit(1).executeTakeFirst()) === undefined) return
  const told = await db
    .selectFrom('event_receivers')
    .select('told')
    .where('url', 'in', [...receivers, ''])
    .execute()
  const all = receivers.length === 0 ? Number.MAX_SAFE_INTEGER : Math.min(...told.map(({ told }) => told))
  await db
    .deleteFrom('events')
    .where(({ eb, or }) => or([eb('id', '<=', all), eb('at', '<', before)]))
    .execute()
}
