import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

export async function accounts(db: Kysely<any>): Promise<void> {
  const { clustered, generated, instant } = typesOf(db)
  // `key` is the small integer that signals and scores carry instead of the text id.
  await db.schema
    .createTable('accounts')
    .addColumn('key', 'integer', generated)
    .addColumn('id', 'text', column => column.notNull().unique())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('folded_name', 'text', column => column.notNull())
    .execute()
  await db.schema.createIndex('accounts_by_name').on('accounts').column('folded_name').execute()

  // Segment, owner, ARR and all the rest: each value holds from `known_from` until the next; null is a cleared one.
  await db.schema
    .createTable('account_attributes')
    .addColumn('account', 'integer', column => column.notNull().references('accounts.key'))
    .addColumn('attribute', 'text', column => column.notNull())
    .addColumn('known_from', instant, column => column.notNull())
    .addColumn('value', 'text')
    .addPrimaryKeyConstraint('account_attributes_key', ['account', 'attribute', 'known_from'])
    .modifyEnd(clustered)
    .execute()

  await db.schema
    .createTable('people')
    .addColumn('email', 'text', column => column.primaryKey())
    .addColumn('name', 'text')
    .addColumn('role', 'text', column => column.notNull())
    .addColumn('manager', 'text')
    .addColumn('time_zone', 'text')
    .addColumn('slack_id', 'text')
    .addColumn('teams_id', 'text')
    .execute()
  await db.schema.createIndex('people_by_slack_id').on('people').column('slack_id').execute()
}
