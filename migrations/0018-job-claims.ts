import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

export async function jobClaims(db: Kysely<any>): Promise<void> {
  const { instant } = typesOf(db)
  // Who is at a job now, so that no two processes are at the same one; void from `until` on, by the database's clock.
  await db.schema
    .createTable('job_claims')
    .addColumn('job', 'text', column => column.primaryKey())
    .addColumn('holder', 'text', column => column.notNull())
    .addColumn('taken_at', instant, column => column.notNull())
    .addColumn('until', instant, column => column.notNull())
    .execute()
}
