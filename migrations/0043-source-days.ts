import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

export async function sourceDays(db: Kysely<any>): Promise<void> {
  const { instant } = typesOf(db)
  // What each source sent on each day; `lag` is in milliseconds, over all that was received.
  await db.schema
    .createTable('source_days')
    .addColumn('source', 'text', column => column.notNull())
    .addColumn('day', 'text', column => column.notNull())
    .addColumn('received', instant, column => column.notNull())
    .addColumn('rejected', instant, column => column.notNull())
    .addColumn('lag', instant, column => column.notNull())
    .addPrimaryKeyConstraint('source_days_key', ['source', 'day'])
    .execute()
  // When a source last sent a metric, on each of its newest days: a list of instants, oldest first.
  await db.schema
    .createTable('feeds')
    .addColumn('metric', 'text', column => column.notNull())
    .addColumn('source', 'text', column => column.notNull())
    .addColumn('newest_by_day', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('feeds_key', ['metric', 'source'])
    .execute()
  // Alerts that wait for a silent source to return.
  await db.schema
    .createTable('held_alerts')
    .addColumn('account', 'integer', column => column.notNull())
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('since', instant, column => column.notNull())
    .addPrimaryKeyConstraint('held_alerts_key', ['account', 'kind'])
    .execute()
}
