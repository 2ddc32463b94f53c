import type { AlertKind } from '../../domain/alerts/alert-kind.ts'
import { isConfidential } from '../../domain/alerts/confidential.ts'
import { type Destination, isSameDestination } from '../../domain/delivery/destination.ts'
import { DAY, HOUR, type Instant } from '../../domain/time/instant.ts'
import { destinationOf } from '../destinations/destination-columns.ts'
import type { Db } from '../tables.ts'
import type { Thread } from './threads.ts'

/** A message that shows open alerts of an account together, with the head of its thread and the kinds that it shows. */
export type AccountCard = Thread & {
  readonly message: number
  readonly alerts: readonly string[]
  readonly kinds: readonly AlertKind[]
}

/**
 * The cards of an account's unresolved alerts, one per destination: the oldest there. Without confidential alerts,
 * which have messages of their own, and without messages that were given up.
 */
export async function cardsOfAccount(db: Db, account: number): Promise<AccountCard[]> {
  const rows = await db
    .selectFrom('outbox')
    .innerJoin('outbox_alerts', 'outbox_alerts.message', 'outbox.id')
    .innerJoin('alerts', 'alerts.id', 'outbox_alerts.alert')
    .select(['outbox.id', 'head', 'platform', 'to_channel', 'to_person', 'alerts.id as alert', 'kind'])
    .where('account', '=', account)
    .where('alerts.state', '!=', 'resolved')
    .where('outbox.subject', '=', 'alert')
    .where('outbox.state', '!=', 'dead')
    .orderBy('outbox.id')
    .execute()
  const cards: AccountCard[] = []
  for (const { id, head, alert, kind, ...columns } of rows) {
    if (isConfidential(kind)) continue
    const to = destinationOf(columns)
    const at = cards.findIndex(card => isSameDestination(card.to, to))
    const card = cards[at]
    if (card === undefined) {
      cards.push({ to, head: head ?? id, message: id, alerts: [alert], kinds: [kind as AlertKind] })
    } else if (card.message === id) {
      cards[at] = { ...card, alerts: [...card.alerts, alert], kinds: [...card.kinds, kind as AlertKind] }
    }
  }
  return cards
}

/** Adds an alert to a posted message; false if it was on it already. */
export async function linkAlert(db: Db, alert: string, message: number): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('outbox_alerts')
    .values({ alert, message })
    .onConflict(conflict => conflict.columns(['alert', 'message']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** For each message about an alert that names this one: the alerts that it shows. */
export async function alertsShownWith(db: Db, alert: string): Promise<Map<number, string[]>> {
  const rows = await db
    .selectFrom('outbox_alerts as mine')
    .innerJoin('outbox', 'outbox.id', 'mine.message')
    .innerJoin('outbox_alerts as all', 'all.message', 'mine.message')
    .select(['all.message', 'all.alert'])
    .where('mine.alert', '=', alert)
    .where('outbox.subject', '=', 'alert')
    .execute()
  const shown = new Map<number, string[]>()
  for (const { message, alert } of rows) shown.set(message, [...(shown.get(message) ?? []), alert])
  return shown
}

/** Whether the alert is already on a message of its own in this destination. */
export async function isPostedIn(db: Db, alert: string, to: Destination): Promise<boolean> {
  const rows = await db
    .selectFrom('outbox')
    .innerJoin('outbox_alerts', 'outbox_alerts.message', 'outbox.id')
    .select(['platform', 'to_channel', 'to_person'])
    .where('outbox_alerts.alert', '=', alert)
    .where('outbox.subject', '=', 'alert')
    .where('outbox.state', '!=', 'dead')
    .execute()
  return rows.some(row => isSameDestination(destinationOf(row), to))
}

/** A card of several alerts was given up: those that are posted nowhere else are announced again, except its own. */
export async function announceElsewhere(db: Db, message: number): Promise<void> {
  await db
    .updateTable('alerts')
    .set({ pending_news: 'opened' })
    .where('state', '!=', 'resolved')
    .where('pending_news', 'is', null)
    .where('id', 'in', ({ selectFrom }) =>
      selectFrom('outbox_alerts')
        .innerJoin('outbox', 'outbox.id', 'outbox_alerts.message')
        .select('alert')
        .where('outbox_alerts.message', '=', message)
        .where('subject', '=', 'alert')
        .whereRef('outbox.subject_id', '!=', 'outbox_alerts.alert'),
    )
    .where('id', 'not in', ({ selectFrom }) =>
      selectFrom('outbox_alerts')
        .innerJoin('outbox', 'outbox.id', 'outbox_alerts.message')
        .select('alert')
        .where('subject', '=', 'alert')
        .where('outbox.state', '!=', 'dead'),
    )
    .execute()
}

/**
 * Has cards of open alerts redrawn whose wording is out of date: hourly in their first two days, then daily. Nobody is
 * notified. Returns how many.
 */
export async function redrawAgedCards(db: Db, now: Instant): Promise<number> {
  const aged = await db
    .selectFrom('alerts')
    .innerJoin('outbox_alerts', 'outbox_alerts.alert', 'alerts.id')
    .innerJoin('outbox', 'outbox.id', 'outbox_alerts.message')
    .select('outbox.id')
    .distinct()
    .where('alerts.state', '!=', 'resolved')
    .where('outbox.subject', '=', 'alert')
    .where('outbox.state', '=', 'sent')
    .whereRef('outbox.version', '=', 'outbox.shown_version')
    .where('sent_at', '<=', now - HOUR)
    .where(({ eb, or }) => or([eb('opened_at', '>', now - 2 * DAY), eb('sent_at', '<=', now - DAY)]))
    .limit(AT_ONCE)
    .execute()
  if (aged.length === 0) return 0
  const ids = aged.map(({ id }) => id)
  const cards = db.updateTable('outbox').set(({ eb }) => ({ version: eb('version', '+', 1), tries: 0 }))
  await cards.where('id', 'in', ids).execute()
  return ids.length
}

const AT_ONCE = 50
