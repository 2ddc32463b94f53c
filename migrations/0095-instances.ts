import type { Kysely } from 'kysely'

export async function instances(db: Kysely<any>): Promise<void> {
  // Which of several instances is at what somebody waits for: where it is gone, another takes it up.
  for (const table of ['handled_deliveries', 'idempotent_requests']) {
    await db.schema.alterTable(table).addColumn('instance', 'text').execute()
  }
}
