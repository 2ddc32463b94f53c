import type { Kysely } from 'kysely'

export async function readers(db: Kysely<any>): Promise<void> {
  // The oldest Rounds that may work on the database after that migration, by the newest migration that it has. Without
  // one it has to have this migration itself.
  await db.schema.alterTable('schema_versions').addColumn('oldest_reader', 'integer').execute()
}
