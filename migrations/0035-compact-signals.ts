import { type Kysely, sql } from 'kysely'
import { typesOf } from './types.ts'

/**
 * A signal says when it was observed by its week and the time within it, and when it was received by the delay: smaller
 * numbers, a quarter less to store and to read. A series also says when it was observed last.
 */
export async function compactSignals(db: Kysely<any>): Promise<void> {
  const { clustered, instant, number } = typesOf(db)
  await db.schema
    .createTable('compact_signals')
    .addColumn('week', 'integer', column => column.notNull())
    .addColumn('account', 'integer', column => column.notNull())
    .addColumn('metric', 'integer', column => column.notNull())
    .addColumn('time_in_week', 'integer', column => column.notNull())
    .addColumn('id', 'text', column => column.notNull())
    .addColumn('value', number, column => column.notNull())
    .addColumn('delay', instant, column => column.notNull())
    .addColumn('source', 'integer', column => column.notNull())
    .addPrimaryKeyConstraint('compact_signals_key', ['week', 'account', 'metric', 'time_in_week', 'id'])
    .modifyEnd(clustered)
    .execute()
  await sql`insert into compact_signals
    select week, account, metric, observed_at - week * cast(604800000 as bigint), id, value, received_at - observed_at, source
    from signals order by week, account, metric, observed_at, id`.execute(db)

  await db.schema
    .createTable('longer_series')
    .addColumn('account', 'integer', column => column.notNull())
    .addColumn('metric', 'integer', column => column.notNull())
    .addColumn('first_at', instant, column => column.notNull())
    .addColumn('newest_at', instant, column => column.notNull())
    .addPrimaryKeyConstraint('longer_series_key', ['account', 'metric'])
    .modifyEnd(clustered)
    .execute()
  await sql`insert into longer_series
    select account, metric, first_at, newest_at from series join (
      select account, metric, max(observed_at) as newest_at from signals group by account, metric
    ) as newest using (account, metric) order by account, metric`.execute(db)

  for (const [old, table] of [
    ['signals', 'compact_signals'],
    ['series', 'longer_series'],
  ] as const) {
    await db.schema.dropTable(old).execute()
    await db.schema.alterTable(table).renameTo(old).execute()
  }
  await db.schema.createIndex('series_by_metric').on('series').columns(['metric', 'first_at']).execute()

  // It starts over: what it had passed has no place there anymore.
  await db.deleteFrom('retention_cursor').execute()
  await db.schema.alterTable('retention_cursor').renameColumn('observed_at', 'time_in_week').execute()
}
