import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

export async function scores(db: Kysely<any>): Promise<void> {
  const { clustered, generated, instant, number } = typesOf(db)
  await db.schema
    .createTable('models')
    .addColumn('key', 'integer', generated)
    .addColumn('version', 'text', column => column.notNull().unique())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('first_used_at', instant, column => column.notNull())
    .execute()

  // One row for an account and day. `origin`: `scheduled` as it was told; `filled` in later, day by day; or a bare
  // `number` that settled nothing.
  await db.schema
    .createTable('scores')
    .addColumn('day', 'text', column => column.notNull())
    .addColumn('account', 'integer', column => column.notNull())
    .addColumn('at', instant, column => column.notNull())
    .addColumn('origin', 'text', column => column.notNull())
    .addColumn('score', number)
    .addColumn('shown', 'integer')
    .addColumn('band', 'text')
    .addColumn('verdict', 'text', column => column.notNull())
    .addColumn('coverage', number, column => column.notNull())
    .addColumn('segment', 'text')
    .addColumn('model', 'integer', column => column.notNull())
    .addColumn('has_sharp_drop', 'integer', column => column.notNull())
    .addColumn('expansion_held', 'integer', column => column.notNull())
    .addColumn('expansion_ready', 'integer', column => column.notNull())
    .addPrimaryKeyConstraint('scores_key', ['day', 'account'])
    .modifyEnd(clustered)
    .execute()

  // The newest number and verdict of each account: the portfolio at a glance.
  await db.schema
    .createTable('standings')
    .addColumn('account', 'integer', column => column.primaryKey())
    .addColumn('at', instant, column => column.notNull())
    .addColumn('score', number)
    .addColumn('shown', 'integer')
    .addColumn('verdict', 'text', column => column.notNull())
    .addColumn('role', 'text')
    .addColumn('has_sharp_drop', 'integer', column => column.notNull())
    .addColumn('expansion_ready', 'integer', column => column.notNull())
    .addColumn('coverage', number, column => column.notNull())
    .addColumn('change_30d', number)
    .addColumn('reason', 'text', column => column.notNull())
    .addColumn('model', 'integer', column => column.notNull())
    .execute()

  await db.schema
    .createTable('transitions')
    .addColumn('account', 'integer', column => column.notNull())
    .addColumn('at', instant, column => column.notNull())
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('from_state', 'text', column => column.notNull())
    .addColumn('to_state', 'text', column => column.notNull())
    .addColumn('shown', 'integer')
    .addColumn('driver', 'text')
    .addPrimaryKeyConstraint('transitions_key', ['account', 'at', 'kind'])
    .modifyEnd(clustered)
    .execute()
  await db.schema.createIndex('transitions_by_time').on('transitions').column('at').execute()
}
