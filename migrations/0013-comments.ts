import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

export async function comments(db: Kysely<any>): Promise<void> {
  const { instant, number } = typesOf(db)
  // Words from or about a customer; their sentiment is a signal beside them. Personal data.
  await db.schema
    .createTable('comments')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('account', 'integer', column => column.notNull().references('accounts.key'))
    .addColumn('text', 'text', column => column.notNull())
    .addColumn('author', 'text')
    .addColumn('source', 'text', column => column.notNull())
    .addColumn('link', 'text')
    .addColumn('sentiment', number)
    .addColumn('observed_at', instant, column => column.notNull())
    .addColumn('received_at', instant, column => column.notNull())
    .execute()
  await db.schema.createIndex('comments_by_account').on('comments').columns(['account', 'observed_at']).execute()
}
