import type { Instant } from '../../domain/time/instant.ts'
import type { Card } from '../../views/card.ts'
import type { Db } from '../tables.ts'

/** `platform:channel`, as the settings write it. */
export type Destination = { readonly platform: string; readonly to: string }

export function parseDestination(text: string): Destination {
  const at = text.indexOf(':')
  return { platform: text.slice(0, at), to: text.slice(at + 1) }
}

export type NewMessage = Destination & {
  /** The same message is never put in twice: `digest:<name>:<slot>:<channel>:<part>`. */
  readonly key: string
  readonly card: Card
  /** The message in whose thread this one goes on. */
  readonly head?: number
  readonly alerts: readonly string[]
  readonly at: Instant
  readonly expiresAt?: Instant
}

/** Puts a message into the outbox, to be posted once the transaction is through. Undefined when it was there already. */
export async function addMessage(db: Db, message: NewMessage): Promise<number | undefined> {
  const row = await db
    .insertInto('outbox')
    .values({
      key: message.key,
      platform: message.platform,
      destination: message.to,
      head: message.head ?? null,
      card: JSON.stringify(message.card),
      version: 1,
      shown_version: 0,
      state: 'pending',
      tries: 0,
      not_before: message.at,
      expires_at: message.expiresAt ?? null,
      created_at: message.at,
    })
    .onConflict(conflict => conflict.column('key').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (row === undefined) return undefined
  for (const alert of message.alerts) {
    await db.insertInto('outbox_alerts').values({ alert, message: row.id }).execute()
  }
  return row.id
}

/** Changes what every message that speaks of an alert should show: posted ones will be updated, waiting ones just differ. */
export async function changeMessagesAbout(
  db: Db,
  alert: string,
  change: (card: Card, message: Destination & { readonly key: string }) => Card,
): Promise<void> {
  const rows = await db
    .selectFrom('outbox')
    .innerJoin('outbox_alerts', 'outbox_alerts.message', 'outbox.id')
    .select(['outbox.id', 'outbox.card', 'outbox.key', 'outbox.platform', 'outbox.destination'])
    .where('outbox_alerts.alert', '=', alert)
    .execute()
  for (const { id, card, key, platform, destination } of rows) {
    const changed = JSON.stringify(change(readCard(card), { key, platform, to: destination }))
    if (changed === card) continue
    await db
      .updateTable('outbox')
      .set(({ eb }) => ({ card: changed, version: eb('version', '+', 1), tries: 0 }))
      .where('id', '=', id)
      .execute()
  }
}

/** Where an alert was posted: of each destination the message that its thread hangs on. */
export async function threadsOfAlert(db: Db, alert: string): Promise<(Destination & { readonly head: number })[]> {
  const rows = await db
    .selectFrom('outbox')
    .innerJoin('outbox_alerts', 'outbox_alerts.message', 'outbox.id')
    .select(['outbox.id', 'outbox.head', 'outbox.platform', 'outbox.destination'])
    .where('outbox_alerts.alert', '=', alert)
    .where('outbox.key', 'like', 'alert:%')
    .orderBy('outbox.id')
    .execute()
  const threads = rows.map(({ id, head, platform, destination }) => ({ platform, to: destination, head: head ?? id }))
  return threads.filter(
    ({ platform, to }, at) => threads.findIndex(other => other.platform === platform && other.to === to) === at,
  )
}

/** Counts a message as shown that no platform was given. */
export async function markShown(db: Db, id: number, now: Instant): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ state: 'sent', shown_version: 1, message: 'told', channel: 'told', sent_at: now })
    .where('id', '=', id)
    .execute()
}

/** How the messages stand whose keys begin so. */
export async function messageStates(
  db: Db,
  keyPrefix: string,
): Promise<{ key: string; state: string; fault: string | null }[]> {
  const rows = await db.selectFrom('outbox').select(['key', 'state', 'fault']).orderBy('id').execute()
  return rows.filter(({ key }) => key.startsWith(keyPrefix))
}

/** Cards in this column were written by `addMessage` and `changeMessagesAbout` only. */
export function readCard(text: string): Card {
  return JSON.parse(text) as Card
}
