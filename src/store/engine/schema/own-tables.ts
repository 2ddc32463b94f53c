import { PostgresAdapter, sql, type TableMetadata } from 'kysely'
import type { Db } from '../../tables.ts'

/** The tables of Rounds. A PostgreSQL database may hold others, in other schemas. */
export async function ownTables(db: Db): Promise<TableMetadata[]> {
  const tables = (await db.introspection.getTables()).filter(({ isView }) => !isView)
  if (!(db.getExecutor().adapter instanceof PostgresAdapter)) return tables
  const { rows } = await sql<{ name: string }>`select current_schema() as name`.execute(db)
  return tables.filter(({ schema }) => schema === rows[0]?.name)
}
