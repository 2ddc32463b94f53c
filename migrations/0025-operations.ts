import { type Kysely, sql } from 'kysely'
import { typesOf } from './types.ts'

export async function operations(db: Kysely<any>): Promise<void> {
  const { instant } = typesOf(db)
  await db.schema.alterTable('ingest_tokens').addColumn('person', 'text').execute()
  await sql`update ingest_tokens set scopes = 'signals:write' where scopes = 'ingest'`.execute(db)
  await db.schema
    .createTable('source_counts')
    .addColumn('source', 'text', column => column.primaryKey())
    .addColumn('received', instant, column => column.notNull())
    .addColumn('rejected', instant, column => column.notNull())
    .execute()
  // One row, written to see whether the disk takes it.
  await db.schema
    .createTable('write_probe')
    .addColumn('id', 'integer', column => column.primaryKey())
    .addColumn('at', instant, column => column.notNull())
    .execute()
}
