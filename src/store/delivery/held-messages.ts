import { DAY, type Instant } from '../../domain/time/instant.ts'
import type { Card } from '../../views/card.ts'
import type { Db } from '../tables.ts'
import { readCard } from './outbox.ts'

export type HeldMessage = { readonly id: number; readonly card: Card; readonly alerts: readonly string[] }

/** What waits for a person's morning message, oldest first. */
export async function heldFor(db: Db, person: string): Promise<HeldMessage[]> {
  const rows = await db
    .selectFrom('outbox')
    .select(['id', 'card'])
    .where('state', '=', 'held')
    .where('to_person', '=', person)
    .orderBy('id')
    .execute()
  const named = await db
    .selectFrom('outbox_alerts')
    .innerJoin('outbox', 'outbox.id', 'outbox_alerts.message')
    .select(['outbox_alerts.message', 'alert'])
    .where('state', '=', 'held')
    .where('to_person', '=', person)
    .execute()
  return rows.map(({ id, card }) => ({
    id,
    card: readCard(card),
    alerts: named.filter(({ message }) => message === id).map(({ alert }) => alert),
  }))
}

/** Marks a message as included in the morning message, so that it is never sent by itself. False if it was before. */
export async function markIncluded(db: Db, id: number, now: Instant): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set({ state: 'told', sent_at: now })
    .where('id', '=', id)
    .where('state', '=', 'held')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/**
 * Sends what waited for quiet hours that are over now. No quiet hours last longer than a day, unless a clock ran ahead.
 */
export async function wakeResting(db: Db, now: Instant): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set({ state: 'pending', not_before: now })
    .where('state', '=', 'resting')
    .where(({ eb, or }) => or([eb('not_before', '<=', now), eb('not_before', '>', now + DAY)]))
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Sends what the earlier choices of a person held back. */
export async function releaseHeldOf(db: Db, person: string, now: Instant): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ state: 'pending', not_before: now, expires_at: null })
    .where('state', 'in', ['held', 'resting'])
    .where('to_person', '=', person)
    .execute()
}

/** People for whom something waits until the morning. */
export async function peopleWithHeld(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('outbox').select('to_person').distinct().where('state', '=', 'held').execute()
  return new Set(rows.map(({ to_person }) => to_person))
}
