import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

export async function signals(db: Kysely<any>): Promise<void> {
  const { clustered, generated, instant, number } = typesOf(db)
  for (const dictionary of ['metrics', 'sources']) {
    await db.schema
      .createTable(dictionary)
      .addColumn('key', 'integer', generated)
      .addColumn('name', 'text', column => column.notNull().unique())
      .execute()
  }

  // Keyed by week first: a day's news touches the open week only, a window is one range, retention one range delete.
  await db.schema
    .createTable('signals')
    .addColumn('week', 'integer', column => column.notNull())
    .addColumn('account', 'integer', column => column.notNull())
    .addColumn('metric', 'integer', column => column.notNull())
    .addColumn('observed_at', instant, column => column.notNull())
    .addColumn('id', 'text', column => column.notNull())
    .addColumn('value', number, column => column.notNull())
    .addColumn('received_at', instant, column => column.notNull())
    .addColumn('source', 'integer', column => column.notNull())
    .addPrimaryKeyConstraint('signals_key', ['week', 'account', 'metric', 'observed_at', 'id'])
    .modifyEnd(clustered)
    .execute()

  // What a correction replaced, so that the common scan reads current versions only.
  await db.schema
    .createTable('signal_versions')
    .addColumn('account', 'integer', column => column.notNull())
    .addColumn('metric', 'integer', column => column.notNull())
    .addColumn('observed_at', instant, column => column.notNull())
    .addColumn('id', 'text', column => column.notNull())
    .addColumn('version', 'integer', column => column.notNull())
    .addColumn('value', number, column => column.notNull())
    .addColumn('received_at', instant, column => column.notNull())
    .addColumn('source', 'integer', column => column.notNull())
    .addPrimaryKeyConstraint('signal_versions_key', ['account', 'metric', 'observed_at', 'id', 'version'])
    .modifyEnd(clustered)
    .execute()

  // When each metric of an account was first observed: `never` is told from `stale` without reading all of history.
  await db.schema
    .createTable('series')
    .addColumn('account', 'integer', column => column.notNull())
    .addColumn('metric', 'integer', column => column.notNull())
    .addColumn('first_at', instant, column => column.notNull())
    .addPrimaryKeyConstraint('series_key', ['account', 'metric'])
    .modifyEnd(clustered)
    .execute()

  // Accounts with news since they were last scored.
  await db.schema
    .createTable('due_accounts')
    .addColumn('account', 'integer', column => column.primaryKey())
    .addColumn('news', 'integer', column => column.notNull())
    .execute()
}
