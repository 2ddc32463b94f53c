import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

export async function digests(db: Kysely<any>): Promise<void> {
  const { instant } = typesOf(db)
  // Digests made, changed or paused in chat; `definition` is the form of digests.yaml as JSON, absent for a mere pause.
  await db.schema
    .createTable('managed_digests')
    .addColumn('name', 'text', column => column.primaryKey())
    .addColumn('definition', 'text')
    .addColumn('is_paused', 'integer', column => column.notNull())
    .addColumn('changed_at', instant, column => column.notNull())
    .addColumn('changed_by', 'text', column => column.notNull())
    .execute()
  // What somebody was reminded of, so that nobody is reminded twice of one thing.
  await db.schema
    .createTable('reminders')
    .addColumn('person', 'text', column => column.notNull())
    .addColumn('subject', 'text', column => column.notNull())
    .addColumn('at', instant, column => column.notNull())
    .addPrimaryKeyConstraint('reminders_key', ['person', 'subject'])
    .execute()
}
