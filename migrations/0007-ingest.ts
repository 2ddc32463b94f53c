import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

export async function ingest(db: Kysely<any>): Promise<void> {
  const { instant } = typesOf(db)
  await db.schema
    .createTable('ingest_tokens')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('hash', 'text', column => column.notNull())
    .addColumn('scopes', 'text', column => column.notNull())
    .addColumn('created_at', instant, column => column.notNull())
    .addColumn('expires_at', instant)
    .addColumn('revoked_at', instant)
    .execute()
}
