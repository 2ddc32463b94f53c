import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

/** Whether people from outside the company read along in a channel, as the platform said last. */
export async function sharedPlaces(db: Kysely<any>): Promise<void> {
  const { instant } = typesOf(db)
  await db.schema
    .createTable('shared_places')
    .addColumn('platform', 'text', column => column.notNull())
    .addColumn('channel', 'text', column => column.notNull())
    .addColumn('is_shared', 'integer', column => column.notNull())
    .addColumn('checked_at', instant, column => column.notNull())
    .addPrimaryKeyConstraint('shared_places_key', ['platform', 'channel'])
    .execute()
}
