import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

export async function precision(db: Kysely<any>): Promise<void> {
  const { instant } = typesOf(db)
  // A rule of alerts that was once over its false-alarm budget: `quiet_since` while it is told by digests only. What was
  // judged before `restored_at`, when somebody put it back, counts no more.
  await db.schema
    .createTable('quiet_rules')
    .addColumn('kind', 'text', column => column.primaryKey())
    .addColumn('quiet_since', instant)
    .addColumn('restored_at', instant)
    .execute()
  // Until when whoever gave a pulse stands by it.
  await db.schema.alterTable('pulses').addColumn('expires_at', instant).execute()
}
