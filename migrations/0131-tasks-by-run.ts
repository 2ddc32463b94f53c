import type { Kysely } from 'kysely'

/** Whether something of a playbook's run is still to be done is seen without reading all tasks that are open. */
export async function tasksByRun(db: Kysely<any>): Promise<void> {
  await db.schema.createIndex('tasks_by_run').on('tasks').columns(['run', 'state']).execute()
}
