import { type Kysely, sql } from 'kysely'
import { isPostgres } from '../../../../migrations/types.ts'

// biome-ignore lint/suspicious/noExplicitAny: a migration sees the schema as it was
type AnyDb = Kysely<any>

type Column = { readonly table: string; readonly column: string }

/**
 * Runs `up`, and makes the text columns that it adds sort by bytes, as on SQLite, whatever the collation of the
 * database: lists and pages depend on it. Called in a transaction; other columns in the schema stay as they are.
 */
export async function sortingByBytes(db: AnyDb, up: () => Promise<void>): Promise<void> {
  if (!isPostgres(db) || (await sortsByBytes(db))) return up()
  const before = new Set((await columnsSortedOtherwise(db)).map(nameOf))
  await up()
  for (const added of await columnsSortedOtherwise(db)) {
    if (before.has(nameOf(added))) continue
    const { table, column } = added
    await sql`alter table ${sql.table(table)} alter column ${sql.ref(column)} type text collate "C"`.execute(db)
  }
}

function nameOf({ table, column }: Column): string {
  return JSON.stringify([table, column])
}

async function columnsSortedOtherwise(db: AnyDb): Promise<Column[]> {
  const { rows } = await sql<Column>`
    select c.relname as table, a.attname as column
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_collation own on own.oid = a.attcollation
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      and a.atttypid = 'text'::regtype and own.collname = 'default'`.execute(db)
  return rows
}

/** With libc, the collation's name tells; the built-in provider (from PostgreSQL 17 on) always sorts by bytes. */
async function sortsByBytes(db: AnyDb): Promise<boolean> {
  const { rows } = await sql<{ does: boolean }>`select ${DATABASE_SORTS_BY_BYTES} as does
    from pg_database where datname = current_database()`.execute(db)
  return rows[0]?.does === true
}

/** A condition on a row of `pg_database`. */
export const DATABASE_SORTS_BY_BYTES = sql<boolean>`(
  datlocprovider = 'b' or datlocprovider = 'c' and datcollate ~* '^(C|POSIX|C[.]utf-?8)$')`
