import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

/** A pack lies beside its key, not in it: looking one up read others whole, to compare their keys. They are made again. */
export async function packsBesideTheirKey(db: Kysely<any>): Promise<void> {
  await db.schema.dropTable('signal_packs').execute()
  await db.schema
    .createTable('signal_packs')
    .addColumn('week', 'integer', column => column.notNull())
    .addColumn('block', 'integer', column => column.notNull())
    // Absent where there are too many signals for one piece.
    .addColumn('columns', typesOf(db).bytes)
    .addPrimaryKeyConstraint('signal_packs_key', ['week', 'block'])
    .execute()
}
