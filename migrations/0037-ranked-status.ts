import { type Kysely, sql } from 'kysely'

/**
 * The portfolio in its order, without the accounts that are no longer customers: a page of it is read from where it
 * lies, however many accounts there are. And who owns which account.
 */
export async function rankedStatus(db: Kysely<any>): Promise<void> {
  await db.schema
    .alterTable('current_status')
    .addColumn('is_retired', 'integer', column => column.notNull().defaultTo(0))
    .execute()
  await sql`update current_status set is_retired = 1 where account in (select account from retired_accounts)`.execute(
    db,
  )
  await db.schema
    .createIndex('current_status_by_rank')
    .on('current_status')
    .expression(sql`is_retired, verdict, (coalesce(shown, 101)), (coalesce(change_30d, 0))`)
    .execute()
  await sql`create index current_status_by_fall on current_status (is_retired, change_30d) where change_30d < 0`.execute(
    db,
  )
  await sql`update account_attributes set value = lower(trim(value))
    where attribute = 'owner' and value <> lower(trim(value))`.execute(db)
  await sql`create index accounts_by_owner on account_attributes (value, account) where attribute = 'owner'`.execute(db)
}
