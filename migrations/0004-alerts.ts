import { type Kysely, sql } from 'kysely'
import { typesOf } from './types.ts'

export async function alerts(db: Kysely<any>): Promise<void> {
  const { instant } = typesOf(db)
  await db.schema
    .createTable('alerts')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('account', 'integer', column => column.notNull().references('accounts.key'))
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('state', 'text', column => column.notNull())
    .addColumn('opened_at', instant, column => column.notNull())
    .addColumn('reason', 'text', column => column.notNull())
    .addColumn('claimed_by', 'text')
    .addColumn('claimed_at', instant)
    .addColumn('resolved_at', instant)
    .execute()
  // At most one unresolved alert for an account and kind.
  await db.schema
    .createIndex('alerts_unresolved')
    .on('alerts')
    .columns(['account', 'kind'])
    .unique()
    .where(sql.ref('state'), '!=', sql.lit('resolved'))
    .execute()

  await db.schema
    .createTable('pulses')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('account', 'integer', column => column.notNull().references('accounts.key'))
    .addColumn('at', instant, column => column.notNull())
    .addColumn('person', 'text', column => column.notNull())
    .addColumn('rating', 'integer', column => column.notNull())
    .addColumn('note', 'text', column => column.notNull())
    .addColumn('reasons', 'text', column => column.notNull())
    .execute()
  await db.schema.createIndex('pulses_by_account').on('pulses').columns(['account', 'at']).execute()
}
