import type { Destination } from '../../domain/delivery/destination.ts'
import type { MessageKey, Purpose, Subject } from '../../domain/delivery/subject.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Card } from '../../views/card.ts'
import { destinationColumns, destinationOf } from '../destinations/destination-columns.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'
import { fateOfMessage } from './message-fate.ts'

/** The same message to the same destination is never put in twice. */
export type NewMessage = MessageKey & {
  readonly to: Destination
  readonly card: Card
  /** The message whose thread this one belongs to. */
  readonly head?: number
  /** The alerts that the card names: a change of one reaches this copy of it. */
  readonly alerts: readonly string[]
  /** The same of tasks. */
  readonly tasks?: readonly string[]
  readonly at: Instant
  readonly expiresAt?: Instant
}

/**
 * Puts a message into the outbox, to be posted once the transaction is committed, or when its recipient wants
 * it. Undefined if it was there already, or if they do not want it.
 */
export async function addMessage(db: Db, message: NewMessage): Promise<number | undefined> {
  const fate = await fateOfMessage(db, message)
  if (fate === 'dropped') return undefined
  const isResting = fate !== 'held' && fate.at > message.at
  const row = await db
    .insertInto('outbox')
    .values({
      subject: message.subject.of,
      subject_id: message.subject.id,
      purpose: message.purpose,
      number: message.number ?? 0,
      ...destinationColumns(message.to),
      head: message.head ?? null,
      card: JSON.stringify(message.card),
      version: 1,
      shown_version: 0,
      state: fate === 'held' ? 'held' : isResting ? 'resting' : 'pending',
      tries: 0,
      not_before: fate === 'held' ? message.at : fate.at,
      expires_at: isResting || fate === 'held' ? null : (message.expiresAt ?? null),
      created_at: message.at,
    })
    .onConflict(conflict => conflict.columns([...KEY, 'platform', 'to_channel', 'to_person']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { id } = row
  for (const part of slices(message.alerts)) {
    await db
      .insertInto('outbox_alerts')
      .values(part.map(alert => ({ alert, message: id })))
      .execute()
  }
  for (const part of slices(message.tasks ?? [])) {
    await db
      .insertInto('outbox_tasks')
      .values(part.map(task => ({ task, message: id })))
      .execute()
  }
  return id
}

const KEY = ['subject', 'subject_id', 'purpose', 'number'] as const

type Named = {
  readonly to: Destination
  readonly message: number
  readonly purpose: Purpose
  readonly isShown: boolean
}

/** Changes what every message that names an alert should show: posted ones get updated, pending ones just change. */
export async function changeMessagesNaming(
  db: Db,
  alert: string,
  change: (card: Card, message: Named) => Card,
): Promise<void> {
  const rows = await db
    .selectFrom('outbox')
    .innerJoin('outbox_alerts', 'outbox_alerts.message', 'outbox.id')
    .select(['outbox.id', 'card', 'purpose', 'shown_version', 'platform', 'to_channel', 'to_person'])
    .where('outbox_alerts.alert', '=', alert)
    .execute()
  for (const { id, card, purpose, shown_version, ...to } of rows) {
    const message = { to: destinationOf(to), message: id, purpose, isShown: shown_version > 0 }
    const changed = JSON.stringify(change(readCard(card), message))
    if (changed !== card) await changeCard(db, id, changed)
  }
}

/** The same for a task. */
export async function changeMessagesNamingTask(
  db: Db,
  task: string,
  change: (card: Card, subject: Subject) => Card,
): Promise<void> {
  const rows = await db
    .selectFrom('outbox')
    .innerJoin('outbox_tasks', 'outbox_tasks.message', 'outbox.id')
    .select(['outbox.id', 'card', 'subject', 'subject_id'])
    .where('outbox_tasks.task', '=', task)
    .execute()
  for (const { id, card, subject, subject_id } of rows) {
    const changed = JSON.stringify(change(readCard(card), { of: subject, id: subject_id }))
    if (changed !== card) await changeCard(db, id, changed)
  }
}

/** Changes what the messages about a subject should show. */
export async function changeMessagesAbout(db: Db, subject: Subject, change: (card: Card) => Card): Promise<void> {
  const rows = await db
    .selectFrom('outbox')
    .select(['id', 'card'])
    .where('subject', '=', subject.of)
    .where('subject_id', '=', subject.id)
    .execute()
  for (const { id, card } of rows) {
    const changed = JSON.stringify(change(readCard(card)))
    if (changed !== card) await changeCard(db, id, changed)
  }
}

async function changeCard(db: Db, id: number, card: string): Promise<void> {
  await db
    .updateTable('outbox')
    .set(({ eb }) => ({ card, version: eb('version', '+', 1), tries: 0 }))
    .where('id', '=', id)
    .execute()
}

/** Counts a message as shown that no platform was given. */
export async function markShown(db: Db, id: number, now: Instant): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ state: 'sent', shown_version: 1, message: 'told', channel: 'told', sent_at: now })
    .where('id', '=', id)
    .execute()
}

/** Cards in this column were written by this file only. */
export function readCard(text: string): Card {
  return JSON.parse(text) as Card
}
