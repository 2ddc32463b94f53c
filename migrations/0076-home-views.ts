import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

/** Who looked at their own page, when, and the words that ask for what it shows: it is kept up to date for a while. */
export async function homeViews(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('home_views')
    .addColumn('platform', 'text', column => column.notNull())
    .addColumn('user_id', 'text', column => column.notNull())
    .addColumn('opened_at', typesOf(db).instant, column => column.notNull())
    .addColumn('words', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('home_views_key', ['platform', 'user_id'])
    .execute()
}
