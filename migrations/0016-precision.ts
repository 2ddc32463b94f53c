import type { Kysely } from 'kysely'

export async function precision(db: Kysely<any>): Promise<void> {
  // A rule of alerts that was once over its false-alarm budget: `quiet_since` while it is told by digests only. What was
  // judged before `restored_at`, when somebody put it back, counts no more.
  await db.schema
    .createTable('quiet_rules')
    .addColumn('kind', 'text', column => column.primaryKey())
    .addColumn('quiet_since', 'integer')
    .addColumn('restored_at', 'integer')
    .execute()
  // Until when whoever gave a pulse stands by it.
  await db.schema.alterTable('pulses').addColumn('expires_at', 'integer').execute()
}
