import type { Kysely } from 'kysely'
import { forbidChanges } from './append-only.ts'
import { typesOf } from './types.ts'

export async function audit(db: Kysely<any>): Promise<void> {
  const { generated, instant } = typesOf(db)
  // Who did what to whom, before and after; each line's hash covers the one before, so that none can be taken out.
  await db.schema
    .createTable('audit')
    .addColumn('id', 'integer', generated)
    .addColumn('at', instant, column => column.notNull())
    .addColumn('who', 'text', column => column.notNull())
    .addColumn('act', 'text', column => column.notNull())
    .addColumn('subject', 'text', column => column.notNull())
    .addColumn('account', 'text')
    .addColumn('was', 'text')
    .addColumn('is_now', 'text')
    .addColumn('hash', 'text', column => column.notNull())
    .execute()
  await db.schema.createIndex('audit_by_account').on('audit').columns(['account', 'id']).execute()
  await forbidChanges(db)
}
