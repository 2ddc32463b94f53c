import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'

/** Events of a source that belong to no known account, by what they call it. */
export type Unplaced = { readonly source: string; readonly name: string; readonly events: number }

export async function unplacedEvents(db: Db, before: Instant): Promise<Unplaced[]> {
  const rows = await db
    .selectFrom('source_events')
    .select(({ fn, eb }) => [
      'source',
      fn.coalesce('reference', 'external', eb.val('nobody')).as('name'),
      fn.countAll<number>().as('events'),
    ])
    .where('account', 'is', null)
    .where('received_at', '<', before)
    .groupBy(['source', 'name'])
    .orderBy('source')
    .orderBy('name')
    .execute()
  return rows.map(({ events, ...row }) => ({ ...row, events: Number(events) }))
}

export async function dropUnplaced(db: Db, before: Instant): Promise<void> {
  await db.deleteFrom('source_events').where('account', 'is', null).where('received_at', '<', before).execute()
}
