import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

export async function modelActivations(db: Kysely<any>): Promise<void> {
  const { generated, instant } = typesOf(db)
  // The file itself, so that any score can be made again.
  await db.schema.alterTable('models').addColumn('content', 'text').execute()
  await db.schema
    .createTable('model_activations')
    .addColumn('id', 'integer', generated)
    .addColumn('version', 'text', column => column.notNull())
    .addColumn('at', instant, column => column.notNull())
    .addColumn('by_whom', 'text', column => column.notNull())
    .execute()
}
