import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

export async function events(db: Kysely<any>): Promise<void> {
  const { instant, everGrowing } = typesOf(db)
  // What other systems are to be told, in the order in which it happened.
  await db.schema
    .createTable('events')
    .addColumn('id', 'integer', everGrowing)
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('at', instant, column => column.notNull())
    .addColumn('payload', 'text', column => column.notNull())
    .execute()
  // How far each of them was told, and why it goes no further.
  await db.schema
    .createTable('event_receivers')
    .addColumn('url', 'text', column => column.primaryKey())
    .addColumn('told', 'integer', column => column.notNull())
    .addColumn('tries', 'integer', column => column.notNull().defaultTo(0))
    .addColumn('not_before', instant, column => column.notNull())
    .addColumn('fault', 'text')
    .execute()
  // What was told of an alert last.
  await db.schema
    .createTable('event_alerts')
    .addColumn('alert', 'text', column => column.primaryKey())
    .addColumn('state', 'text', column => column.notNull())
    .addColumn('holder', 'text', column => column.notNull())
    .execute()
}
