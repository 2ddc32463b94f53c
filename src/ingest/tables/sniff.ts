import { BotError } from '../../errors.ts'

export type FileForm = 'text' | 'json' | 'ndjson' | 'xlsx' | 'gzip'

/** Bytes that are looked at. */
const LOOKED_AT = 65_536

const OTHERS: readonly (readonly [what: string, begins: readonly number[]])[] = [
  ['a PNG picture', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG picture', [0xff, 0xd8, 0xff]],
  ['a GIF picture', [0x47, 0x49, 0x46, 0x38]],
  ['a PDF', [0x25, 0x50, 0x44, 0x46]],
  ['an old Excel file (.xls) or one with a password', [0xd0, 0xcf, 0x11, 0xe0]],
  ['a Parquet file', [0x50, 0x41, 0x52, 0x31]],
  ['a 7-Zip archive', [0x37, 0x7a, 0xbc, 0xaf]],
  ['a SQLite database', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20]],
]

/** What a file is by its first bytes, whatever its name says. Throws a `BotError` for what is not a table. */
export async function formOf(name: string, chunks: AsyncIterable<Uint8Array>): Promise<FileForm> {
  const head = await headOf(chunks)
  const begins = (bytes: readonly number[]) => bytes.every((byte, at) => head[at] === byte)
  if (begins([0x50, 0x4b, 0x03, 0x04]) || begins([0x50, 0x4b, 0x05, 0x06])) return 'xlsx'
  if (begins([0x1f, 0x8b])) return 'gzip'
  const other = OTHERS.find(([, bytes]) => begins(bytes))
  if (other !== undefined) {
    throw new BotError('not_a_table', `${name} is ${other[0]}.`, 'Export it as CSV, XLSX, JSON or NDJSON.')
  }
  const text = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (!text.startsWith('{') && !text.startsWith('[')) return 'text'
  if (text.startsWith('[')) return /^\[\s*(?:[{\]]|$)/.test(text) ? 'json' : 'text'
  return isObject(text.slice(0, (text.indexOf('\n') + 1 || text.length + 1) - 1)) ? 'ndjson' : 'json'
}

/** The first bytes of a file. */
export async function headOf(chunks: AsyncIterable<Uint8Array>, most = LOOKED_AT): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    parts.push(chunk)
    length += chunk.length
    if (length >= most) break
  }
  return Buffer.concat(parts).subarray(0, most)
}

/** Whether a first line is one record; a single object that holds a list is a document. */
function isObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null) return false
    return !Object.values(value).some(inner => Array.isArray(inner) && inner.some(item => typeof item === 'object'))
  } catch {
    // Longer than what was looked at, it can only be a record of many.
    return line.length >= LOOKED_AT / 2 && line.startsWith('{"') && !/^\{"\w+":\s*\[/.test(line)
  }
}
