import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

export async function trackedUsers(db: Kysely<any>): Promise<void> {
  const { instant, generated, clustered } = typesOf(db)
  // Users of customers, as product analytics names them: hashes only, of ids and e-mail addresses. Personal data.
  await db.schema
    .createTable('tracked_users')
    .addColumn('key', 'integer', generated)
    .addColumn('hash', 'text', column => column.notNull().unique())
    .addColumn('email_hash', 'text')
    .addColumn('account', 'integer')
    .addColumn('at', instant, column => column.notNull())
    .execute()
  await db.schema.createIndex('tracked_users_by_email').on('tracked_users').column('email_hash').execute()
  // On which days they were seen, by the number of the day since 1970.
  await db.schema
    .createTable('users_seen')
    .addColumn('day', 'integer', column => column.notNull())
    .addColumn('account', 'integer', column => column.notNull())
    .addColumn('tracked_user', 'integer', column => column.notNull())
    .addPrimaryKeyConstraint('users_seen_key', ['day', 'account', 'tracked_user'])
    .modifyEnd(clustered)
    .execute()
  await db.schema.createIndex('users_seen_by_user').on('users_seen').column('tracked_user').execute()
  // Accounts whose users must be counted again, from this day on.
  await db.schema
    .createTable('user_counts_due')
    .addColumn('account', 'integer', column => column.primaryKey())
    .addColumn('from_day', 'integer', column => column.notNull())
    .addColumn('news', 'integer', column => column.notNull())
    .execute()
  // When what is known of an account was said: an older word that comes late does not replace a newer one.
  await db.schema
    .createTable('trait_times')
    .addColumn('account', 'integer', column => column.notNull())
    .addColumn('trait', 'text', column => column.notNull())
    .addColumn('at', instant, column => column.notNull())
    .addPrimaryKeyConstraint('trait_times_key', ['account', 'trait'])
    .modifyEnd(clustered)
    .execute()
  // Events that came and become no metric.
  await db.schema
    .createTable('unread_events')
    .addColumn('event', 'text', column => column.primaryKey())
    .addColumn('count', instant, column => column.notNull())
    .addColumn('last_at', instant, column => column.notNull())
    .execute()
}
