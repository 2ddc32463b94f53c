import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

export async function schedules(db: Kysely<any>): Promise<void> {
  const { instant } = typesOf(db)
  await db.schema
    .createTable('schedules')
    .addColumn('name', 'text', column => column.primaryKey())
    .addColumn('timing', 'text', column => column.notNull())
    .addColumn('next_due_at', instant, column => column.notNull())
    .execute()

  // Every slot that came: done, or skipped with its reason. None runs twice.
  await db.schema
    .createTable('slots')
    .addColumn('schedule', 'text', column => column.notNull())
    .addColumn('slot', instant, column => column.notNull())
    .addColumn('state', 'text', column => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('at', instant, column => column.notNull())
    .addPrimaryKeyConstraint('slots_key', ['schedule', 'slot'])
    .execute()

  // Requests, presses and submissions that were acted upon, so that a repeated delivery changes nothing.
  await db.schema
    .createTable('handled_deliveries')
    .addColumn('delivery', 'text', column => column.primaryKey())
    .addColumn('at', instant, column => column.notNull())
    .execute()
}
