import type { Kysely } from 'kysely'

export async function modelActivations(db: Kysely<any>): Promise<void> {
  // The file itself, so that any score can be made again.
  await db.schema.alterTable('models').addColumn('content', 'text').execute()
  await db.schema
    .createTable('model_activations')
    .addColumn('id', 'integer', column => column.primaryKey())
    .addColumn('version', 'text', column => column.notNull())
    .addColumn('at', 'integer', column => column.notNull())
    .addColumn('by_whom', 'text', column => column.notNull())
    .execute()
}
