import type { Kysely } from 'kysely'

/** Each lookup of an account names its open tasks. */
export async function openTasks(db: Kysely<any>): Promise<void> {
  await db.schema.createIndex('tasks_by_account').on('tasks').columns(['account', 'state']).execute()
}
