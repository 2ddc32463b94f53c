import type { Kysely } from 'kysely'

export async function platforms(db: Kysely<any>): Promise<void> {
  // What a platform needs to reach a conversation or a user again, in its own words.
  await db.schema
    .createTable('addresses')
    .addColumn('platform', 'text', column => column.notNull())
    .addColumn('id', 'text', column => column.notNull())
    .addColumn('address', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('addresses_key', ['platform', 'id'])
    .execute()
  // The platforms of the last start, in order: where to write to somebody who was seen on none.
  await db.schema
    .createTable('platforms')
    .addColumn('name', 'text', column => column.primaryKey())
    .addColumn('rank', 'integer', column => column.notNull())
    .execute()
  await db.schema.alterTable('people').addColumn('last_platform', 'text').execute()
  await db.schema.createIndex('people_by_teams_id').on('people').column('teams_id').execute()
  await db.schema.createIndex('outbox_by_message').on('outbox').columns(['message', 'channel']).execute()
}
