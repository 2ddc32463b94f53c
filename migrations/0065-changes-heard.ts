import { type Kysely, sql } from 'kysely'
import { typesOf } from './types.ts'

/**
 * A digest remembers up to which changes its channel has heard, where it remembered every account: each change of a
 * status is kept, not those of a model alone, and each change of an attribute with what was known before.
 */
export async function changesHeard(db: Kysely<any>): Promise<void> {
  const { everGrowing, instant } = typesOf(db)
  await db.schema.dropIndex('verdict_baselines_by_account').execute()
  await db.schema.alterTable('verdict_baselines').renameTo('status_changes').execute()
  // The account was retired: what it had until then is what stands on both sides.
  await db.schema
    .alterTable('status_changes')
    .addColumn('is_end', 'integer', column => column.notNull().defaultTo(0))
    .execute()
  await db.schema.createIndex('status_changes_by_account').on('status_changes').column('account').execute()
  await db.schema.createIndex('status_changes_by_time').on('status_changes').column('at').execute()

  await db.schema
    .createTable('attribute_changes')
    .addColumn('id', 'integer', everGrowing)
    .addColumn('account', 'integer', column => column.notNull())
    .addColumn('attribute', 'text', column => column.notNull())
    .addColumn('known_from', instant, column => column.notNull())
    .addColumn('was_known', 'integer', column => column.notNull())
    .addColumn('was', 'text')
    .execute()
  await db.schema.createIndex('attribute_changes_by_account').on('attribute_changes').column('account').execute()
  await db.schema.createIndex('attribute_changes_by_time').on('attribute_changes').column('known_from').execute()

  // What comes near as time goes by is found by its day.
  await sql`create index renewals_by_day on account_attributes (value, account) where attribute = 'renewal_on'`.execute(
    db,
  )
  await sql`create index owners_by_time on account_attributes (known_from, account) where attribute = 'owner'`.execute(
    db,
  )
  await db.schema.createIndex('pulses_by_expiry').on('pulses').column('expires_at').execute()
  await db.schema.createIndex('alerts_by_end').on('alerts').column('resolved_at').execute()
  await db.schema.createIndex('tasks_by_end').on('tasks').column('ended_at').execute()
}
