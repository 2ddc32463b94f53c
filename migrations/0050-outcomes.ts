import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

export async function outcomes(db: Kysely<any>): Promise<void> {
  const { clustered, instant, number } = typesOf(db)
  // What really happened to an account on a day. Several kinds on one day stay: the worse counts, and both are seen.
  await db.schema
    .createTable('outcomes')
    .addColumn('account', 'integer', column => column.notNull().references('accounts.key'))
    .addColumn('on_day', 'text', column => column.notNull())
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('arr', number)
    .addColumn('reason', 'text')
    .addColumn('note', 'text')
    .addColumn('source', 'text', column => column.notNull())
    .addColumn('recorded_at', instant, column => column.notNull())
    .addPrimaryKeyConstraint('outcomes_key', ['account', 'on_day', 'kind'])
    .modifyEnd(clustered)
    .execute()
}
