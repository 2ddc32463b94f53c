import type { Kysely } from 'kysely'

export async function preferences(db: Kysely<any>): Promise<void> {
  // `person` is an e-mail address, or the platform and its user id for somebody whom the people file does not have.
  await db.schema
    .createTable('preferences')
    .addColumn('person', 'text', column => column.notNull())
    .addColumn('preference', 'text', column => column.notNull())
    .addColumn('value', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('preferences_key', ['person', 'preference'])
    .execute()
}
