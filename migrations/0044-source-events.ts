import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

export async function sourceEvents(db: Kysely<any>): Promise<void> {
  const { instant } = typesOf(db)
  // What sources told by webhook, each once; without an account it waits for one.
  await db.schema
    .createTable('source_events')
    .addColumn('source', 'text', column => column.notNull())
    .addColumn('id', 'text', column => column.notNull())
    .addColumn('account', 'integer')
    .addColumn('reference', 'text')
    .addColumn('external', 'text')
    .addColumn('at', instant, column => column.notNull())
    .addColumn('fact', 'text', column => column.notNull())
    .addColumn('received_at', instant, column => column.notNull())
    .addPrimaryKeyConstraint('source_events_key', ['source', 'id'])
    .execute()
  await db.schema.createIndex('source_events_of_account').on('source_events').columns(['account', 'source']).execute()
  // Which account is meant by a source's own id of a customer.
  await db.schema
    .createTable('source_links')
    .addColumn('source', 'text', column => column.notNull())
    .addColumn('external', 'text', column => column.notNull())
    .addColumn('reference', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('source_links_key', ['source', 'external'])
    .execute()
}
