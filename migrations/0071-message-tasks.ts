import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

/** Which tasks a message names, so that a change of one reaches every copy; and what can be undone for ten minutes. */
export async function messageTasks(db: Kysely<any>): Promise<void> {
  const { instant } = typesOf(db)
  await db.schema
    .createTable('outbox_tasks')
    .addColumn('task', 'text', column => column.notNull())
    .addColumn('message', 'integer', column => column.notNull())
    .addPrimaryKeyConstraint('outbox_tasks_key', ['task', 'message'])
    .execute()
  await db.schema.createIndex('outbox_tasks_by_message').on('outbox_tasks').column('message').execute()
  await db.schema
    .createTable('undos')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('at', instant, column => column.notNull())
    .addColumn('who', 'text', column => column.notNull())
    .addColumn('subject', 'text', column => column.notNull())
    .addColumn('subject_id', 'text', column => column.notNull())
    .addColumn('account', 'integer', column => column.notNull())
    .addColumn('changes', 'text', column => column.notNull())
    .addColumn('ended_at', instant)
    .execute()
  await db.schema.createIndex('undos_by_subject').on('undos').columns(['subject', 'subject_id']).execute()
}
