import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

export async function toldPlays(db: Kysely<any>): Promise<void> {
  const { instant } = typesOf(db)
  // When the task list of a run was put into the outbox, alone or together with others; what began before counts as told.
  await db.schema.alterTable('playbook_runs').addColumn('told_at', instant).execute()
  await db
    .updateTable('playbook_runs')
    .set(({ ref }) => ({ told_at: ref('started_at') }))
    .execute()
  await db.schema.createIndex('playbook_runs_by_told').on('playbook_runs').columns(['told_at', 'started_at']).execute()
  await db.schema.createIndex('playbook_runs_by_alert').on('playbook_runs').column('alert').execute()
}
