import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

export async function customers(db: Kysely<any>): Promise<void> {
  const { everGrowing, instant } = typesOf(db)
  // Where an account stood when a model, or its first scoring, gave it a silent baseline, and that baseline: a digest
  // tells what changed before and after it. Without `from_verdict` there was nothing before.
  await db.schema
    .createTable('verdict_baselines')
    .addColumn('id', 'integer', everGrowing)
    .addColumn('account', 'integer', column => column.notNull().references('accounts.key'))
    .addColumn('at', instant, column => column.notNull())
    .addColumn('from_model', 'integer')
    .addColumn('from_verdict', 'text')
    .addColumn('from_role', 'text')
    .addColumn('from_ready', 'integer')
    .addColumn('model', 'integer', column => column.notNull())
    .addColumn('verdict', 'text', column => column.notNull())
    .addColumn('role', 'text')
    .addColumn('ready', 'integer', column => column.notNull())
    .execute()
  await db.schema
    .createIndex('verdict_baselines_by_account')
    .on('verdict_baselines')
    .columns(['account', 'id'])
    .execute()
  // What somebody said with `rounds retire`. It stays until it is undone, whatever a file says.
  await db.schema
    .createTable('retirements')
    .addColumn('account', 'integer', column => column.primaryKey().references('accounts.key'))
    .addColumn('since', instant, column => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('by_whom', 'text', column => column.notNull())
    .addColumn('at', instant, column => column.notNull())
    .execute()
  // The accounts that are not customers now, by a retirement or by the condition of routes.yaml.
  await db.schema
    .createTable('retired_accounts')
    .addColumn('account', 'integer', column => column.primaryKey().references('accounts.key'))
    .addColumn('since', instant, column => column.notNull())
    .addColumn('reason', 'text', column => column.notNull())
    .execute()
}
