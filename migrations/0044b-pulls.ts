import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

/** How far each pull has come: written together with what it brought. */
export async function pulls(db: Kysely<any>): Promise<void> {
  const { instant } = typesOf(db)
  await db.schema
    .createTable('pulls')
    .addColumn('source', 'text', column => column.notNull())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('cursor', instant)
    .addColumn('next_at', instant, column => column.notNull())
    .addColumn('fault', 'text')
    .addPrimaryKeyConstraint('pulls_key', ['source', 'name'])
    .execute()
}
