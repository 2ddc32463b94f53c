import type { Instant } from '../../domain/time/instant.ts'
import type { Card } from '../../views/card.ts'
import type { Db } from '../tables.ts'

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

/** When the newest message was made whose key begins so; undefined without any. */
export async function lastKeyedAt(db: Db, key: string): Promise<Instant | undefined> {
  // A range, for `like` would read the whole outbox at every look.
  const messages = db.selectFrom('outbox').where('key', '>=', key).where('key', '<', `${key}\uffff`)
  const newest = await messages.select(({ fn }) => fn.max('created_at').as('at')).executeTakeFirst()
  return newest?.at ?? undefined
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
