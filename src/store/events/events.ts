import type { Alert } from '../../domain/alerts/alert.ts'
import type { Outcome } from '../../domain/outcomes/outcome.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { settledUpTo } from '../engine/settled.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'
import { wantedKinds } from './receivers.ts'

/** What happened to an account, by its key: facts only. They are put into words when they are sent. */
export type NewEvent = { readonly at: Instant; readonly account: number } & EventFact

export type TransitionFact = {
  readonly from: string
  readonly to: string
  readonly kind: string
  readonly shown: number | null
  readonly driver: string | null
}

export type EventFact =
  | { readonly kind: 'transition'; readonly fact: TransitionFact }
  | { readonly kind: 'alert'; readonly fact: Alert }
  | { readonly kind: 'outcome'; readonly fact: Pick<Outcome, 'kind' | 'on' | 'arr' | 'reasonCode'> }

export type EventKind = EventFact['kind']

/** Events of an earlier version have a document that was written when they happened. */
export type StoredEvent = { readonly id: number } & (
  | NewEvent
  | { readonly kind: EventKind; readonly at: Instant; readonly written: Readonly<Record<string, unknown>> }
)

/** Adds events for other systems, if any wants them, in the transaction of what happened. */
export async function addEvents(db: Db, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const wanted = await wantedKinds(db)
  const heard = events.filter(({ kind }) => wanted.has(kind))
  for (const part of slices(heard)) {
    await db
      .insertInto('events')
      .values(part.map(({ fact, ...event }) => ({ ...event, payload: JSON.stringify(fact) })))
      .execute()
  }
}

/** The first events after one of them, as far as none can come before them anymore. */
export async function settledEventsAfter(db: Db, id: number, most: number): Promise<StoredEvent[]> {
  if ((await eventsAfter(db, id, 1)).length === 0) return []
  const settled = await settledUpTo(db, 'events')
  return (await eventsAfter(db, id, most)).filter(event => event.id <= settled)
}

/** The first events after one of them, so far. */
export async function eventsAfter(db: Db, id: number, most: number): Promise<StoredEvent[]> {
  const rows = await db.selectFrom('events').selectAll().where('id', '>', id).orderBy('id').limit(most).execute()
  return rows.map(({ payload, account, ...event }): StoredEvent => {
    const fact = JSON.parse(payload)
    return { ...event, ...(account === null ? { written: fact } : { account, fact }) } as StoredEvent
  })
}

/** Deletes the events that every receiver got, and those that nobody wants. */
export async function deleteDeliveredEvents(db: Db, before: Instant): Promise<void> {
  if ((await db.selectFrom('events').select('id').limit(1).executeTakeFirst()) === undefined) return
  const told = await db.selectFrom('event_receivers').select('told').execute()
  const all = Math.min(Number.MAX_SAFE_INTEGER, ...told.map(({ told }) => told))
  await db
    .deleteFrom('events')
    .where(({ eb, or }) => or([eb('id', '<=', all), eb('at', '<', before)]))
    .execute()
}
