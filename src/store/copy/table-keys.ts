import { sql } from 'kysely'
import { isPostgres } from '../../../migrations/types.ts'
import { ownTables } from '../engine/schema/own-tables.ts'
import type { Db } from '../tables.ts'

/** A table, with the columns of its primary key in order; all its columns if it has none. */
export type KeyedTable = {
  readonly name: string
  readonly key: readonly string[]
  /** Few rows, some of which each database begins with: a copy takes their place. */
  readonly isReplaced: boolean
}

/** Tables that others refer to are copied first. */
const FIRST = ['meta', 'accounts', 'people', 'outbox', 'alerts', 'playbook_runs', 'tasks']

/** What belongs to one database: its schema, its locks, work in progress, and copies that are made again. */
const NOT_COPIED = ['schema_versions', 'claims', 'scoring_runs', 'scoring_shards', 'signal_packs', 'write_probe']

/** Every table of a copy, in the order in which it is written. */
export async function copiedTables(db: Db): Promise<KeyedTable[]> {
  const own = (await ownTables(db)).filter(({ name }) => !NOT_COPIED.includes(name))
  const columnsOf = new Map(own.map(({ name, columns }) => [name, columns.map(({ name }) => name)]))
  const names = [...columnsOf.keys()]
  const rest = names.filter(name => !FIRST.includes(name)).sort()
  const tables: KeyedTable[] = []
  for (const name of [...FIRST.filter(name => names.includes(name)), ...rest]) {
    const key = await keyOf(db, name)
    const isReplaced = name === 'meta' || key.length === 0
    tables.push({ name, key: key.length === 0 ? (columnsOf.get(name) ?? []) : key, isReplaced })
  }
  return tables
}

async function keyOf(db: Db, table: string): Promise<string[]> {
  const { rows } = await (isPostgres(db)
    ? sql<{ name: string }>`select attname as name from pg_index join pg_attribute on attrelid = indrelid
        and attnum = any(indkey) where indrelid = ${table}::regclass and indisprimary
        order by array_position(indkey::int2[], attnum)`
    : sql<{ name: string }>`select name from pragma_table_info(${table}) where pk > 0 order by pk`
  ).execute(db)
  return rows.map(({ name }) => name)
}
