import type { Card } from '../../views/card.ts'
import type { Db } from '../tables.ts'
import { wholeName } from './whole-name.ts'

/** Removes names from every stored message. What a channel already shows stays until it is deleted there. */
export async function redactCards(db: Db, names: readonly string[], by: string): Promise<number> {
  const patterns = names.filter(name => name.trim() !== '').map(wholeName)
  let count = 0
  for (const { id, card } of await db.selectFrom('outbox').select(['id', 'card']).execute()) {
    const redacted = JSON.stringify(JSON.parse(card), (_, value: unknown) =>
      typeof value === 'string' ? patterns.reduce((text, pattern) => text.replace(pattern, by), value) : value,
    )
    if (redacted === JSON.stringify(JSON.parse(card) as Card)) continue
    count += 1
    await db.updateTable('outbox').set({ card: redacted }).where('id', '=', id).execute()
  }
  return count
}
