import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { isPostgres } from '../../migrations/types.ts'
import { copyTables, refuseDifference } from '../../src/store/copy/copy-tables.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { migratedDatabase } from '../support/migrated.ts'
import { openTestDatabase } from '../support/test-database.ts'

/** What is of the moment, what is made again at night, and what the migrations themselves write. */
const STAYS = ['claims', 'scoring_runs', 'scoring_shards', 'signal_packs', 'write_probe']
const BY_MIGRATIONS = ['kysely_migration', 'kysely_migration_lock', 'schema_versions']
const TEXTS = [`"it's" \\ \n\t😀`, '', '{"a": [1, null]}']
const NUMBERS = [0.1 + 0.2, 1.7e300, -1e-300]
const BYTES = [0, 1, 2].map(row => Buffer.from([0, 255, row, 10]))

type Column = { name: string; type: string; notnull: number; pk: number }

it('brings every column of every table there and back as it was', async () => {
  const [from, to, back] = [await migratedDatabase(), await openTestDatabase(), await migratedDatabase()]
  const small = await smallColumns(to)
  for (const table of tablesOf(from)) fill(from, table, small)

  await copyTables(from.db, to.db, () => {})
  await refuseDifference(from.db, to.db)
  await copyTables(to.db, back.db, () => {})
  await refuseDifference(to.db, back.db)

  const before = Object.fromEntries(tablesOf(from).map(table => [table, rowsOf(from, table)]))
  expect(Object.keys(before).filter(table => before[table]?.length === 0)).toEqual([])
  for (const [table, rows] of Object.entries(before)) {
    if (!STAYS.includes(table)) expect(rowsOf(back, table), table).toEqual(rows)
  }
  for (const connection of [from, to, back]) await connection.close()
})

function tablesOf(connection: Connection): string[] {
  const names = bareOf(connection).prepare("select name from sqlite_master where type = 'table' order by name").pluck()
  return (names.all() as string[]).filter(name => !name.startsWith('sqlite_') && !BY_MIGRATIONS.includes(name))
}

/** Three rows of what is hard to copy; the second without what may be absent. */
function fill(connection: Connection, table: string, small: ReadonlySet<string>): void {
  const db = bareOf(connection)
  db.pragma('foreign_keys = off')
  if (rowsOf(connection, table).length > 0) return
  const columns = db.prepare(`select * from pragma_table_info('${table}')`).all() as Column[]
  const keys = db.prepare(`select * from pragma_foreign_key_list('${table}')`).all() as { from: string }[]
  const row = (at: number) =>
    columns.map(({ name, type, notnull, pk }) => {
      const isKey = pk > 0 || keys.some(({ from }) => from === name)
      if (isKey) return /int/i.test(type) ? at + 1 : `key ${at} é`
      if (notnull === 0 && at === 1) return null
      if (/int/i.test(type)) return [3, small.has(`${table}.${name}`) ? 2 ** 31 - 1 : 1_790_000_000_000, 0][at]
      if (/real|double|numeric/i.test(type)) return NUMBERS[at]
      if (/blob/i.test(type)) return BYTES[at]
      return TEXTS[at]
    })
  const places = columns.map(() => '?').join(', ')
  const insert = db.prepare(`insert into "${table}" (${columns.map(({ name }) => `"${name}"`)}) values (${places})`)
  for (const at of [0, 1, 2]) insert.run(row(at))
}

/** Each row as SQLite writes it down, the types of its values included. */
function rowsOf(connection: Connection, table: string): unknown[] {
  const db = bareOf(connection)
  const names = db.prepare(`select name from pragma_table_info('${table}')`).pluck().all() as string[]
  const literal = names.map(name => `quote("${name}")`).join(` || ' ' || `)
  return db.prepare(`select ${literal} from "${table}" order by 1`).pluck().all()
}

/** Of the other database: counts and keys of 32 bits. */
async function smallColumns({ db }: Connection): Promise<Set<string>> {
  if (!isPostgres(db)) return new Set()
  const { rows } = await sql<{ name: string }>`select table_name || '.' || column_name as name
    from information_schema.columns where data_type = 'integer' and table_schema = current_schema()`.execute(db)
  return new Set(rows.map(({ name }) => name))
}
