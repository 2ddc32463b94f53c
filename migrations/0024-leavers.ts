import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

export async function leavers(db: Kysely<any>): Promise<void> {
  const { instant } = typesOf(db)
  // Who is gone stays known by name; their past acts are theirs.
  await db.schema.alterTable('people').addColumn('left_at', instant).execute()

  // What a platform says of a user when asked: nobody is asked about twice in an hour.
  await db.schema
    .createTable('presences')
    .addColumn('platform', 'text', column => column.notNull())
    .addColumn('user_id', 'text', column => column.notNull())
    .addColumn('asked_at', instant, column => column.notNull())
    .addColumn('is_deactivated', 'integer', column => column.notNull())
    .addPrimaryKeyConstraint('presences_key', ['platform', 'user_id'])
    .execute()

  // What somebody held who can no longer act waits anew from then on.
  for (const table of ['alerts', 'tasks']) {
    await db.schema.alterTable(table).addColumn('reopened_at', instant).execute()
  }

  // Whose each account with something open was when it was last looked at: a new owner is told once.
  await db.schema
    .createTable('watched_owners')
    .addColumn('account', 'integer', column => column.primaryKey().references('accounts.key'))
    .addColumn('owner', 'text')
    .execute()
}
