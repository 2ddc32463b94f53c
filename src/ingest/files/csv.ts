import { counted } from '../../domain/counted.ts'
import { BotError } from '../../errors.ts'
import { type Columns, columnsIn } from '../cells/columns.ts'
import { asWritten } from '../cells/harmless.ts'
import { errorCellProblem } from '../cells/values.ts'
import { readBeginning } from './beginning.ts'
import { readTwice } from './read-twice.ts'
import { type CsvRow, type Reject, splitRecords } from './records.ts'
import { REJECT_COLUMNS } from './rejects.ts'
import { firstLineEndsInReturn, readText } from './text.ts'

/** Bytes with a name for messages. */
export type Source = {
  readonly name: string
  readonly chunks: AsyncIterable<Uint8Array>
  /** The same bytes once more, from the first. */
  again(): AsyncIterable<Uint8Array>
}

/** How the cells of rows are found. */
export type Table = Pick<Columns, 'names'> & {
  /** The trimmed cell of a column; undefined where there is no such column. */
  cell(row: CsvRow, column: string): string | undefined
}

/** A table of text, read as it is asked for. */
export type Csv = Columns &
  Table & {
    readonly delimiter: string
    readonly batches: AsyncIterable<readonly (CsvRow | Reject)[]>
    /** The file in bytes, to be read in place of `batches`; left out where its lines are not rows in the usual way. */
    readonly bytes?: AsyncIterable<Uint8Array>
    /** The line on which the rows begin. */
    readonly firstLine: number
    /** Records without the blank ones, each with what is wrong with it as a whole. */
    kept(records: readonly (CsvRow | Reject)[]): (CsvRow | Reject)[]
  }

/** `known` are the columns that are matched however they are written; the required ones are among them. */
export type Wanted = { readonly required: readonly string[]; readonly known: readonly string[] }

/** Reads the header and finds the delimiter. Throws a `BotError` when the file as a whole is not what was expected. */
export async function readCsv(
  { name, chunks }: Pick<Source, 'name' | 'chunks'>,
  { required, known }: Wanted,
): Promise<Csv> {
  const bytes = readTwice(chunks)
  const texts = readText(bytes.once)
  const { text, skipped, delimiter } = await readBeginning(texts)
  const records = splitRecords(chained(text, texts), delimiter, skipped + 1)
  const { header, rest } = await readHeader(records)
  if (header === undefined) {
    throw new BotError('empty_file', `${name} is empty.`, `Its first line names the columns: ${required.join(', ')}.`)
  }
  if ('reason' in header || /[\0\uFFFD]/.test(header.raw)) {
    throw new BotError(
      'not_csv',
      `${name} is not text in UTF-8.`,
      'Save it as CSV in UTF-8, with a line of column names.',
    )
  }
  const isOfRejects = REJECT_COLUMNS.every((column, at) => header.cells[at]?.trim() === column)
  const columns = columnsIn(name, isOfRejects ? withoutReason(header).cells : header.cells, required, known)
  const positions = new Map(columns.names.map((column, at) => [column, at]))
  const checked = (row: CsvRow | Reject) => checkedRow(isOfRejects ? withoutReason(row) : row, columns.names)
  const kept = (rows: readonly (CsvRow | Reject)[]) => withoutBlank(rows, checked)
  const firstLine = header.line + header.raw.split('\n').length
  const endsInReturn = firstLineEndsInReturn(Buffer.from(bytes.enough()).toString('latin1')) === true
  return {
    ...columns,
    delimiter,
    batches: batches(rest, records, kept),
    ...(!isOfRejects && !endsInReturn && { bytes: bytes.again }),
    firstLine,
    kept,
    cell: (row, column) => row.cells[positions.get(column) ?? -1]?.trim(),
  }
}

async function* chained(first: string, others: AsyncIterable<string>): AsyncGenerator<string> {
  yield first
  yield* others
}

/** The first record with something in it, and those that were read with it. */
async function readHeader(records: AsyncIterator<(CsvRow | Reject)[]>) {
  for (;;) {
    const next = await records.next()
    if (next.done === true) return { rest: [] }
    const at = next.value.findIndex(row => !isBlank(row))
    if (at !== -1) return { header: next.value[at], rest: next.value.slice(at + 1) }
  }
}

/** The row of a file of rejects as its own file had it. */
function withoutReason(row: CsvRow | Reject): CsvRow | Reject {
  if ('reason' in row) return row
  return { ...row, cells: row.cells.slice(REJECT_COLUMNS.length).map(asWritten) }
}

async function* batches(
  first: readonly (CsvRow | Reject)[],
  others: AsyncIterable<readonly (CsvRow | Reject)[]>,
  kept: Csv['kept'],
) {
  yield kept(first)
  for await (const batch of others) yield kept(batch)
}

function withoutBlank(rows: readonly (CsvRow | Reject)[], checked: (row: CsvRow | Reject) => CsvRow | Reject) {
  const kept: (CsvRow | Reject)[] = []
  for (const row of rows) if (!isBlank(row)) kept.push(checked(row))
  return kept
}

/** Characters that may say that a row is not what it seems. */
const SUSPICIOUS = /[\0#\uFFFD]/

function checkedRow(row: CsvRow | Reject, names: readonly string[]): CsvRow | Reject {
  if ('reason' in row) return row
  const { cells, raw } = row
  const width = names.length
  if (cells.length !== width) {
    return { ...row, reason: `${counted(cells.length, 'cell')} where the header has ${width}` }
  }
  if (!SUSPICIOUS.test(raw)) return row
  if (raw.includes('\0')) return { ...row, reason: 'the row holds a NUL character' }
  if (raw.includes('\uFFFD')) return { ...row, reason: 'the row is not written in UTF-8' }
  const reason = errorCell(cells, names)
  return reason === undefined ? row : { ...row, reason }
}

function errorCell(cells: readonly string[], names: readonly string[]): string | undefined {
  const problems = names.map((name, at) => (name === '' ? undefined : errorCellProblem(name, (cells[at] ?? '').trim())))
  return problems.find(problem => problem !== undefined)
}

function isBlank({ cells }: CsvRow): boolean {
  return cells[0]?.trim() === '' && cells.every(cell => cell.trim() === '')
}
