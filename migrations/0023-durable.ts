import type { Kysely } from 'kysely'

export async function durable(db: Kysely<any>): Promise<void> {
  // What was acknowledged and is not done yet: it is written down whole, so that a restart can do it. Empty once done.
  await db.schema.alterTable('handled_deliveries').addColumn('kind', 'text').execute()
  await db.schema.alterTable('handled_deliveries').addColumn('request', 'text').execute()
  await db.schema
    .alterTable('handled_deliveries')
    .addColumn('tries', 'integer', column => column.notNull().defaultTo(0))
    .execute()

  // Facts about the database itself, by name.
  await db.schema
    .createTable('meta')
    .addColumn('name', 'text', column => column.primaryKey())
    .addColumn('value', 'text', column => column.notNull())
    .execute()

  // How long the audit log is and how it ends: kept apart from it, so that cutting off its end is found.
  const lines = await db.selectFrom('audit').select('hash').orderBy('id').execute()
  const value = JSON.stringify({ lines: lines.length, hash: lines.at(-1)?.hash ?? '' })
  await db.insertInto('meta').values({ name: 'audit_head', value }).execute()
}
