import type { Card } from '../views/card.ts'
import type { Db } from './tables.ts'

/** Changes what the messages should show whose key is this one, or begins with it and a colon. */
export async function changeMessagesKeyed(db: Db, key: string, change: (card: Card) => Card): Promise<void> {
  const rows = await db
    .selectFrom('outbox')
    .select(['id', 'card'])
    .where(({ eb, or }) => or([eb('key', '=', key), eb('key', 'like', `${key}:%`)]))
    .execute()
  for (const { id, card } of rows) {
    await db
      .updateTable('outbox')
      // Cards in this column were written by the store only.
      .set(({ eb }) => ({
        card: JSON.stringify(change(JSON.parse(card) as Card)),
        version: eb('version', '+', 1),
        tries: 0,
      }))
      .where('id', '=', id)
      .execute()
  }
}

export type AlertHead = { readonly id: number; readonly platform: string; readonly to: string }

/** The alert's own message, in whose thread its tasks go on: `waiting` while it is still to be put into the outbox. */
export async function alertHead(db: Db, alert: string): Promise<AlertHead | 'waiting' | undefined> {
  const row = await db
    .selectFrom('outbox')
    .innerJoin('outbox_alerts', 'outbox_alerts.message', 'outbox.id')
    .select(['outbox.id', 'outbox.platform', 'outbox.destination'])
    .where('outbox_alerts.alert', '=', alert)
    .where('outbox.key', 'like', `alert:${alert}:%`)
    .where('outbox.head', 'is', null)
    .where('outbox.state', 'not in', ['dead', 'parked'])
    .orderBy('outbox.id')
    .limit(1)
    .executeTakeFirst()
  if (row !== undefined) return { id: row.id, platform: row.platform, to: row.destination }
  const untold = db.selectFrom('alerts').select('id').where('id', '=', alert).where('untold', 'is not', null)
  return (await untold.executeTakeFirst()) === undefined ? undefined : 'waiting'
}

/** Where the messages of a ladder have gone already. */
export async function destinationsKeyed(db: Db, key: string): Promise<string[]> {
  const rows = await db
    .selectFrom('outbox')
    .select(['platform', 'destination'])
    .where('key', 'like', `${key}%`)
    .execute()
  return rows.map(({ platform, destination }) => `${platform}:${destination}`)
}
