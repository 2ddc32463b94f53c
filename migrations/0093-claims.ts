import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

export async function claims(db: Kysely<any>): Promise<void> {
  const { instant, clustered } = typesOf(db)
  // Who is at what, alone among all processes; void from `until` on, by the database's clock. A row stays when its
  // holder leaves, so that `epoch` counts every time that it was taken. Of what was held before nothing is carried over.
  await db.schema
    .createTable('claims')
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('holder', 'text')
    .addColumn('epoch', 'integer', column => column.notNull())
    .addColumn('taken_at', instant, column => column.notNull())
    .addColumn('until', instant, column => column.notNull())
    .addPrimaryKeyConstraint('claims_key', ['kind', 'name'])
    .modifyEnd(clustered)
    .execute()
  await db.schema.dropTable('job_claims').execute()
}
