import type { Kysely } from 'kysely'

export async function comments(db: Kysely<any>): Promise<void> {
  // Words from or about a customer; their sentiment is a signal beside them. Personal data.
  await db.schema
    .createTable('comments')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('account', 'integer', column => column.notNull().references('accounts.key'))
    .addColumn('text', 'text', column => column.notNull())
    .addColumn('author', 'text')
    .addColumn('source', 'text', column => column.notNull())
    .addColumn('link', 'text')
    .addColumn('sentiment', 'real')
    .addColumn('observed_at', 'integer', column => column.notNull())
    .addColumn('received_at', 'integer', column => column.notNull())
    .execute()
  await db.schema.createIndex('comments_by_account').on('comments').columns(['account', 'observed_at']).execute()
}
