import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Db } from '../tables.ts'
import type { KeyedTable } from './table-keys.ts'

export type Row = Readonly<Record<string, unknown>>

/** Rows that are read at a time. */
const PAGE = 2_000

// biome-ignore lint/suspicious/noExplicitAny: tables are named by the schema itself
export type AnyDb = Kysely<any>

/** The rows of a table in the order of its key, from after a row on. */
export async function* pagesOf(db: Db, table: KeyedTable, after?: Row): AsyncGenerator<readonly Row[]> {
  for (let last = after; ; ) {
    const rows: Row[] = await inKeyOrder(db, table, last, 'asc').limit(PAGE).execute()
    if (rows.length > 0) yield rows
    last = rows.at(-1)
    if (rows.length < PAGE) return
  }
}

/** The row with the greatest key. */
export async function lastRowOrNone(db: Db, table: KeyedTable): Promise<Row | undefined> {
  return inKeyOrder(db, table, undefined, 'desc').limit(1).executeTakeFirst()
}

function inKeyOrder(db: AnyDb, { name, key }: KeyedTable, after: Row | undefined, order: 'asc' | 'desc') {
  const from = db.selectFrom(name).selectAll()
  const columns = sql.join(key.map(column => sql.ref(column)))
  const values = sql.join(key.map(column => after?.[column]))
  const rest = after === undefined ? from : from.where(sql<boolean>`(${columns}) > (${values})`)
  return key.reduce((query, column) => query.orderBy(column, order), rest)
}

export type Checksum = { readonly rows: number; readonly hash: string }

/** A checksum of a whole table: the same on both databases if and only if the rows are. */
export async function checksumOf(db: Db, table: KeyedTable): Promise<Checksum> {
  const hash = createHash('sha256')
  let count = 0
  for await (const rows of pagesOf(db, table)) {
    for (const row of rows) hash.update(`${textOf(row)}\n`)
    count += rows.length
  }
  return { rows: count, hash: hash.digest('hex') }
}

function textOf(row: Row): string {
  const columns = Object.keys(row).sort()
  return JSON.stringify(columns.map(column => [column, plain(row[column])]))
}

function plain(value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value
}
