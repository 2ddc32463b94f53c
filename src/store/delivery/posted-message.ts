import type { MessageRef } from '../../chat/port.ts'
import type { Card } from '../../views/card.ts'
import type { Db } from '../tables.ts'
import { readCard } from './outbox.ts'

/** What a posted message shows, or will show: each change is a version. */
export type PostedMessage = { readonly version: number; readonly card: Card }

export async function postedMessageOrNone(
  db: Db,
  platform: string,
  { channel, id }: MessageRef,
): Promise<PostedMessage | undefined> {
  const row = await db
    .selectFrom('outbox')
    .select(['version', 'card'])
    .where('message', '=', id)
    .where('channel', '=', channel)
    .where('platform', '=', platform)
    .executeTakeFirst()
  return row && { version: row.version, card: readCard(row.card) }
}
