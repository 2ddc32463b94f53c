import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

export async function alertResponses(db: Kysely<any>): Promise<void> {
  const { instant } = typesOf(db)
  // `driver` is the component that caused it. A snoozed alert wakes at `wakes_at`, or when the score falls below
  // `wakes_below`. `rung` counts the steps of its ladder that were taken. `is_quiet` ones are told by digests only.
  for (const [column, type] of [
    ['driver', 'text'],
    ['wakes_at', instant],
    ['wakes_below', 'integer'],
    ['resolved_by', 'text'],
    ['resolution', 'text'],
  ] as const) {
    await db.schema.alterTable('alerts').addColumn(column, type).execute()
  }
  for (const column of ['rung', 'is_quiet']) {
    await db.schema
      .alterTable('alerts')
      .addColumn(column, 'integer', spec => spec.notNull().defaultTo(0))
      .execute()
  }
  await db.schema
    .createTable('alert_verdicts')
    .addColumn('alert', 'text', column => column.notNull().references('alerts.id'))
    .addColumn('person', 'text', column => column.notNull())
    .addColumn('verdict', 'text', column => column.notNull())
    .addColumn('at', instant, column => column.notNull())
    .addPrimaryKeyConstraint('alert_verdicts_key', ['alert', 'person'])
    .execute()
}
