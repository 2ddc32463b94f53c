import { type RawBuilder, sql } from 'kysely'

/** PostgreSQL's numbers for element types. */
const INT4 = 23
const TEXT = 25
const FLOAT8 = 701

const HEAD = 20

/**
 * An array in PostgreSQL's binary format: one dimension, counted from 1. A DataView writes several times faster than a
 * Buffer.
 */
function openArray(type: number, length: number, size: number): { readonly bytes: Buffer; readonly view: DataView } {
  const bytes = Buffer.allocUnsafe(HEAD + size)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  for (const [at, number] of [1, 1, type, length, 1].entries()) view.setInt32(at * 4, number)
  return { bytes, view }
}

function int4Array(numbers: ArrayLike<number>): Buffer {
  const { bytes, view } = openArray(INT4, numbers.length, numbers.length * 8)
  for (let at = 0, place = HEAD; at < numbers.length; at += 1, place += 8) {
    view.setInt32(place, 4)
    view.setInt32(place + 4, numbers[at] ?? 0)
  }
  return bytes
}

/** NaN becomes null. Integers up to 2^53 are exact; int8 would need a BigInt for each. */
function float8Array(numbers: ArrayLike<number | null>): Buffer {
  const { bytes, view } = openArray(FLOAT8, numbers.length, numbers.length * 12)
  let place = HEAD
  for (let at = 0; at < numbers.length; at += 1) {
    const number = numbers[at] ?? Number.NaN
    const isNull = Number.isNaN(number)
    view.setInt32(place, isNull ? -1 : 8)
    if (!isNull) view.setFloat64(place + 4, number)
    place += isNull ? 4 : 12
  }
  return bytes.subarray(0, place)
}

function textArray(texts: readonly (string | null)[]): Buffer {
  let size = 0
  for (const text of texts) size += 4 + Buffer.byteLength(text ?? '')
  const { bytes, view } = openArray(TEXT, texts.length, size)
  let place = HEAD
  for (const text of texts) {
    // Most texts, such as ids, are empty: no call for those.
    const written = text === '' || text === null ? 0 : bytes.write(text, place + 4)
    view.setInt32(place, text === null ? -1 : written)
    place += 4 + written
  }
  return bytes
}

/** Columns of rows. A statement takes each column as one parameter, however many rows there are. */
export type Columns = Readonly<Record<string, Column>>

type Column =
  | { readonly int4: ArrayLike<number> }
  | { readonly float8: ArrayLike<number | null> }
  | { readonly text: readonly (string | null)[] }

/**
 * The rows as a table `sent` with these columns, for a fifth of the cost of one parameter per value. Each array is
 * unnested as rows are read; a single `unnest` of all arrays would write them down first, which takes a third longer.
 */
export function sent(columns: Columns): RawBuilder<unknown> {
  const rows = Object.entries(columns).map(([name, column]) => sql`unnest(${arrayOf(column)}) as ${sql.ref(name)}`)
  return sql`(select ${sql.join(rows)}) as sent`
}

function arrayOf(column: Column): RawBuilder<unknown> {
  if ('int4' in column) return sql`${int4Array(column.int4)}::int4[]`
  return 'float8' in column ? sql`${float8Array(column.float8)}::float8[]` : sql`${textArray(column.text)}::text[]`
}

type Cell = string | number | null

/**
 * The same for rows that are to be inserted. Numbers of any kind are float8, and so is a column that is null in every
 * row: PostgreSQL casts it to the type of the column. As JSON, the server would take as long to read the rows as to
 * write them.
 */
export function sentRows(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, Cell>>[],
): RawBuilder<unknown> {
  return sent(Object.fromEntries(columns.map(column => [column, columnOf(rows.map(row => row[column] ?? null))])))
}

function columnOf(cells: readonly Cell[]): Column {
  return cells.some(cell => typeof cell === 'string')
    ? { text: cells as readonly (string | null)[] }
    : { float8: cells as readonly (number | null)[] }
}
