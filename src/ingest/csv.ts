import { BotError } from '../errors.ts'
import { type LineBlock, readLines } from './lines.ts'
import { type CsvRow, type Delimiter, parse, type Reject, readRecords } from './records.ts'

/** Bytes with a name for messages. */
export type Source = { readonly name: string; readonly chunks: AsyncIterable<Uint8Array> }

/** A table of text, read as it is asked for. */
export type Csv = {
  readonly columns: readonly string[]
  readonly batches: AsyncIterable<readonly (CsvRow | Reject)[]>
  /** The trimmed cell of a column; undefined where there is no such column. */
  cell(row: CsvRow, column: string): string | undefined
}

const DELIMITERS: readonly Delimiter[] = [',', ';', '\t']

/** Reads the header and finds the delimiter. Throws a sentence when the file as a whole is not what was expected. */
export async function readCsv({ name, chunks }: Source, required: readonly string[]): Promise<Csv> {
  const blocks = readLines(chunks)
  const { header, rest } = await readHeader(blocks)
  if (header === undefined) {
    throw new BotError('empty_file', `${name} is empty.`, `Its first line names the columns: ${required.join(', ')}.`)
  }
  if (/[\0\uFFFD]/.test(header)) {
    throw new BotError(
      'not_csv',
      `${name} is not text in UTF-8.`,
      'Save it as CSV in UTF-8, with a line of column names.',
    )
  }
  const [delimiter, columns] = columnsIn(header)
  refuseColumns(name, columns, required)
  const positions = new Map(columns.map((column, at) => [column, at]))
  return {
    columns: columns.filter(column => column !== ''),
    batches: readRecords(chained(rest, blocks), { delimiter, width: columns.length }),
    cell: (row, column) => row.cells[positions.get(column) ?? -1]?.trim(),
  }
}

/** The first line with something on it, and the lines that were read with it. */
async function readHeader(blocks: AsyncIterator<LineBlock>): Promise<{ header?: string; rest: LineBlock }> {
  for (;;) {
    const next = await blocks.next()
    if (next.done === true) return { rest: { first: 1, lines: [] } }
    const { first, lines } = next.value
    const at = lines.findIndex(line => line.trim() !== '')
    const header = lines[at]
    if (header !== undefined) return { header, rest: { first: first + at + 1, lines: lines.slice(at + 1) } }
  }
}

async function* chained(first: LineBlock, others: AsyncIterable<LineBlock>): AsyncGenerator<LineBlock> {
  yield first
  yield* others
}

/** Under the delimiter that makes the most columns. */
function columnsIn(header: string): [Delimiter, string[]] {
  const readings = DELIMITERS.map((delimiter): [Delimiter, string[]] => {
    const cells = parse(header, { delimiter }).data[0] ?? []
    return [delimiter, cells.map(cell => cell.trim())]
  })
  return readings.reduce((best, other) => (other[1].length > best[1].length ? other : best))
}

function refuseColumns(name: string, columns: readonly string[], required: readonly string[]): void {
  const named = columns.filter(column => column !== '')
  const found = `Found: ${named.map(column => column.slice(0, 40)).join(', ')}. `
  const missing = required.filter(column => !columns.includes(column))
  if (missing.length > 0) {
    const which = missing.length === 1 ? `the column ${missing[0]}` : `the columns ${missing.join(', ')}`
    throw new BotError('missing_column', `${name} lacks ${which}.`, `${found}Needed: ${required.join(', ')}.`)
  }
  const twice = named.find((column, at) => named.indexOf(column) !== at)
  if (twice !== undefined) {
    throw new BotError(
      'duplicate_column',
      `${name} has the column ${twice} twice.`,
      `${found}Each may stand there once.`,
    )
  }
}
