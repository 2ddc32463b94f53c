import type { Places } from '../signals/batch-order.ts'

/** Columns of rows that are copied into a table, none of them null; int8 are integers up to 2^53. */
export type CopiedColumns = Readonly<Record<string, CopiedColumn>>

type CopiedColumn = Numbers | { readonly text: readonly string[] }

type Numbers =
  | { readonly int4: ArrayLike<number> }
  | { readonly int8: ArrayLike<number> }
  | { readonly float8: ArrayLike<number> }

const SIGNATURE = 'PGCOPY\n\xff\r\n\0'
/** The signature, no flags, and no header extension. */
const HEAD = SIGNATURE.length + 8
const END = -1

/** Bytes in the order of rows, written column by column, so that the type of a column is looked at once. */
type Layout = {
  readonly bytes: Buffer
  /** Writes several times faster than a buffer. */
  readonly view: DataView
  /** Where the next column of each row goes. */
  readonly next: Uint32Array
}

/** Some rows of these columns, by their places, as `copy ... from stdin (format binary)` reads them. */
export function binaryRows(named: CopiedColumns, places: Places): Buffer {
  const columns = Object.values(named)
  const { bytes, view, next } = layOut(columns, places)
  bytes.write(SIGNATURE, 'latin1')
  bytes.fill(0, SIGNATURE.length, HEAD)
  for (let at = 0; at < places.length; at += 1) {
    view.setInt16(next[at] ?? 0, columns.length)
    next[at] = (next[at] ?? 0) + 2
  }
  for (const column of columns) {
    if ('text' in column) putTexts({ bytes, view, next }, column.text, places)
    else putNumbers({ bytes, view, next }, column, places)
  }
  view.setInt16(bytes.length - 2, END)
  return bytes
}

function layOut(columns: readonly CopiedColumn[], places: Places): Layout {
  const width = columns.reduce((sum, column) => sum + 4 + ('text' in column ? 0 : widthOf(column)), 2)
  const texts = columns.flatMap(column => ('text' in column ? [column.text] : []))
  const next = new Uint32Array(places.length)
  let size = HEAD
  for (let at = 0; at < places.length; at += 1) {
    next[at] = size
    size += width
    for (const text of texts) size += lengthOf(text[places[at] ?? 0])
  }
  const bytes = Buffer.allocUnsafe(size + 2)
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), next }
}

/** Most texts, such as ids, are empty: no call for those. */
function lengthOf(text = ''): number {
  return text === '' ? 0 : Buffer.byteLength(text)
}

function putTexts({ bytes, view, next }: Layout, texts: readonly string[], places: Places): void {
  for (let at = 0; at < places.length; at += 1) {
    const start = next[at] ?? 0
    const text = texts[places[at] ?? 0] ?? ''
    const length = text === '' ? 0 : bytes.write(text, start + 4)
    view.setInt32(start, length)
    next[at] = start + 4 + length
  }
}

function putNumbers({ view, next }: Layout, column: Numbers, places: Places): void {
  const [numbers, put] = numbersOf(column)
  const width = widthOf(column)
  for (let at = 0; at < places.length; at += 1) {
    const start = next[at] ?? 0
    view.setInt32(start, width)
    put(view, start + 4, numbers[places[at] ?? 0] ?? 0)
    next[at] = start + 4 + width
  }
}

type Put = (view: DataView, at: number, number: number) => void

function numbersOf(column: Numbers): readonly [ArrayLike<number>, Put] {
  if ('int4' in column) return [column.int4, putInt4]
  return 'int8' in column ? [column.int8, putInt8] : [column.float8, putFloat8]
}

function widthOf(column: Numbers): number {
  return 'int4' in column ? 4 : 8
}

const putInt4: Put = (view, at, number) => view.setInt32(at, number)

/** In two halves: as one it would need a BigInt. */
const putInt8: Put = (view, at, number) => {
  view.setInt32(at, Math.floor(number / 2 ** 32))
  view.setUint32(at + 4, number >>> 0)
}

/** PostgreSQL would store NaN. */
const putFloat8: Put = (view, at, number) => {
  if (Number.isNaN(number)) throw new Error('a number to copy is NaN')
  view.setFloat64(at, number)
}
