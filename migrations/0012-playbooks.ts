import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

export async function playbooks(db: Kysely<any>): Promise<void> {
  const { instant } = typesOf(db)
  // One drop opens one run: `cause` names the alert, or the crossing and its day, or the level that was entered.
  await db.schema
    .createTable('playbook_runs')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('playbook', 'text', column => column.notNull())
    .addColumn('label', 'text', column => column.notNull())
    .addColumn('account', 'integer', column => column.notNull().references('accounts.key'))
    .addColumn('alert', 'text', column => column.references('alerts.id'))
    .addColumn('cause', 'text', column => column.notNull())
    .addColumn('started_at', instant, column => column.notNull())
    .addColumn('shown', 'integer')
    .addUniqueConstraint('playbook_runs_once', ['account', 'playbook', 'cause'])
    .execute()
  await db.schema
    .createTable('tasks')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('run', 'text', column => column.references('playbook_runs.id'))
    .addColumn('account', 'integer', column => column.notNull().references('accounts.key'))
    .addColumn('title', 'text', column => column.notNull())
    .addColumn('role', 'text', column => column.notNull())
    .addColumn('assignee', 'text')
    .addColumn('state', 'text', column => column.notNull())
    .addColumn('created_at', instant, column => column.notNull())
    .addColumn('due_at', instant, column => column.notNull())
    .addColumn('ended_at', instant)
    .addColumn('note', 'text')
    .addColumn('rung', 'integer', column => column.notNull())
    .execute()
  await db.schema.createIndex('tasks_by_state').on('tasks').columns(['state', 'due_at']).execute()
}
