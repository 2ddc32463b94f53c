import { type RawBuilder, sql } from 'kysely'

/** Numbers of an element type of PostgreSQL. */
const INT4 = 23
const TEXT = 25
const FLOAT8 = 701

const HEAD = 20

/** The head of an array in PostgreSQL's own format: one dimension, counted from 1. */
function head(bytes: Buffer, type: number, length: number): void {
  bytes.writeInt32BE(1, 0)
  bytes.writeInt32BE(1, 4)
  bytes.writeInt32BE(type, 8)
  bytes.writeInt32BE(length, 12)
  bytes.writeInt32BE(1, 16)
}

function int4Array(numbers: ArrayLike<number>): Buffer {
  const bytes = Buffer.allocUnsafe(HEAD + numbers.length * 8)
  head(bytes, INT4, numbers.length)
  for (let at = 0, place = HEAD; at < numbers.length; at += 1, place += 8) {
    bytes.writeInt32BE(4, place)
    bytes.writeInt32BE(numbers[at] ?? 0, place + 4)
  }
  return bytes
}

/** What is no number is null. Integers up to 2^53 are exact; as int8 they would be BigInts on the way. */
function float8Array(numbers: ArrayLike<number>): Buffer {
  const bytes = Buffer.allocUnsafe(HEAD + numbers.length * 12)
  head(bytes, FLOAT8, numbers.length)
  let place = HEAD
  for (let at = 0; at < numbers.length; at += 1) {
    const number = numbers[at] ?? Number.NaN
    const isNull = Number.isNaN(number)
    bytes.writeInt32BE(isNull ? -1 : 8, place)
    if (!isNull) bytes.writeDoubleBE(number, place + 4)
    place += isNull ? 4 : 12
  }
  return bytes.subarray(0, place)
}

function textArray(texts: readonly string[]): Buffer {
  const sizes = texts.map(text => Buffer.byteLength(text))
  const bytes = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + 4 + size, HEAD))
  head(bytes, TEXT, texts.length)
  let place = HEAD
  for (const [at, text] of texts.entries()) {
    const size = sizes[at] ?? 0
    bytes.writeInt32BE(size, place)
    bytes.write(text, place + 4)
    place += 4 + size
  }
  return bytes
}

/** Columns of rows that a statement takes as one parameter each, however many rows there are. */
export type Columns = Readonly<
  Record<
    string,
    { readonly int4: ArrayLike<number> } | { readonly float8: ArrayLike<number> } | { readonly text: readonly string[] }
  >
>

/** The rows as a table `sent` with these columns: a fifth of the work that as many parameters make. */
export function sent(columns: Columns): RawBuilder<unknown> {
  const arrays = Object.values(columns).map(column => {
    if ('int4' in column) return sql`${int4Array(column.int4)}::int4[]`
    return 'float8' in column ? sql`${float8Array(column.float8)}::float8[]` : sql`${textArray(column.text)}::text[]`
  })
  const names = Object.keys(columns).map(name => sql.ref(name))
  return sql`unnest(${sql.join(arrays)}) as sent (${sql.join(names)})`
}
