import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

/** Files of watched folders: each is loaded once, by its name and what is in it. */
export async function loadedFiles(db: Kysely<any>): Promise<void> {
  const { instant } = typesOf(db)
  await db.schema
    .createTable('loaded_files')
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('hash', 'text', column => column.notNull())
    .addColumn('at', instant, column => column.notNull())
    .addPrimaryKeyConstraint('loaded_files_key', ['name', 'hash'])
    .execute()
}
