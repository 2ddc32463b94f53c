import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

/** The signals of a closed week and a block of accounts in one piece: a copy that scoring reads fast, and that may be deleted at any time. */
export async function signalPacks(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('signal_packs')
    .addColumn('week', 'integer', column => column.notNull())
    .addColumn('block', 'integer', column => column.notNull())
    // Absent where there are too many signals for one piece.
    .addColumn('columns', typesOf(db).bytes)
    .addPrimaryKeyConstraint('signal_packs_key', ['week', 'block'])
    .modifyEnd(typesOf(db).clustered)
    .execute()
}
