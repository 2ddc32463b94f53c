import { type Kysely, sql } from 'kysely'

export async function platformUsers(db: Kysely<any>): Promise<void> {
  // Who somebody is on a chat platform, whichever platforms there are.
  await db.schema
    .createTable('platform_users')
    .addColumn('platform', 'text', column => column.notNull())
    .addColumn('user_id', 'text', column => column.notNull())
    .addColumn('email', 'text', column => column.notNull().references('people.email'))
    .addPrimaryKeyConstraint('platform_users_key', ['platform', 'email'])
    .execute()
  await db.schema.createIndex('platform_users_by_id').on('platform_users').columns(['platform', 'user_id']).execute()
  await db.schema.createIndex('platform_users_by_email').on('platform_users').column('email').execute()
  for (const platform of ['slack', 'teams']) {
    const column = `${platform}_id`
    await sql`insert into platform_users (platform, user_id, email)
      select ${platform}, ${sql.ref(column)}, email from people where ${sql.ref(column)} is not null`.execute(db)
    await db.schema.dropIndex(`people_by_${column}`).execute()
    await db.schema.alterTable('people').dropColumn(column).execute()
  }
}
