import type { Kysely } from 'kysely'

export async function jobClaims(db: Kysely<any>): Promise<void> {
  // Who is at a job now, so that no two processes are at the same one; void from `until` on, by the database's clock.
  await db.schema
    .createTable('job_claims')
    .addColumn('job', 'text', column => column.primaryKey())
    .addColumn('holder', 'text', column => column.notNull())
    .addColumn('taken_at', 'integer', column => column.notNull())
    .addColumn('until', 'integer', column => column.notNull())
    .execute()
}
