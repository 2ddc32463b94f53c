import { BotError } from '../../errors.ts'
import { foldColumn } from '../cells/columns.ts'
import { asWritten } from '../cells/harmless.ts'
import { withoutInvisible } from '../cells/invisible.ts'
import { isRefusal } from '../cells/values.ts'
import type { CsvRow, Reject } from '../files/records.ts'
import { REJECT_COLUMNS } from '../files/rejects.ts'
import { withoutFooter } from './footer.ts'
import { rowProblem } from './row-problem.ts'
import type { OpenRecords, Table } from './table.ts'

/** Rows that are looked at to find the one that names the columns: a report may have a title above it. */
const LOOKED_AT = 30

/** The table whose header is somewhere in the first rows. Throws a `BotError` when there is none. */
export async function headedTable(name: string, form: string, open: OpenRecords): Promise<Table> {
  const first = await firstRows(open)
  const header = headerAmong(first.rows)
  if (header === undefined && first.reason !== undefined)
    throw new BotError('not_a_table', `${name} cannot be read: ${first.reason}.`, 'Its first row names the columns.')
  if (header === undefined) throw new BotError('empty_file', `${name} is empty.`, 'Its first row names the columns.')
  const { line } = header
  const isOfRejects = REJECT_COLUMNS.every((column, at) => header.cells[at]?.trim() === column)
  const own = (cells: readonly string[]) => (isOfRejects ? cells.slice(REJECT_COLUMNS.length) : cells)
  const columns = withoutTrailingBlanks(own(header.cells).map(cell => withoutInvisible(cell).trim()))
  refuseTwice(name, columns)
  const footer: CsvRow[] = []
  async function* rows() {
    footer.length = 0
    for await (const batch of withoutFooter(open(), columns.length, footer)) {
      yield batch.flatMap(row => {
        if (row.line <= line || isBlank(row)) return []
        if (isRefusal(row)) return [row]
        const cells = fitted(own(row.cells), columns.length)
        return [checked({ ...row, cells: isOfRejects ? cells.map(asWritten) : cells }, columns)]
      })
    }
  }
  return { name, form, columns, rows, footer }
}

async function firstRows(open: OpenRecords): Promise<{ rows: CsvRow[]; reason?: string }> {
  const rows: CsvRow[] = []
  let reason: string | undefined
  for await (const batch of open()) {
    for (const row of batch) {
      if (isRefusal(row)) reason ??= row.reason
      else if (!isBlank(row)) rows.push(row)
    }
    if (rows.length >= LOOKED_AT) break
  }
  return { rows: rows.slice(0, LOOKED_AT), ...(reason !== undefined && { reason }) }
}

/** The first row that is nearly as wide as any. */
function headerAmong(rows: readonly CsvRow[]): CsvRow | undefined {
  const widest = Math.max(0, ...rows.map(filled))
  return rows.find(row => filled(row) >= Math.max(Math.min(2, widest), widest * 0.6))
}

function filled({ cells }: CsvRow): number {
  return cells.filter(cell => cell.trim() !== '').length
}

function withoutTrailingBlanks(names: readonly string[]): string[] {
  return names.slice(0, names.findLastIndex(name => name !== '') + 1)
}

/** Without cells beyond the last column, where nothing is in them. */
function fitted(cells: readonly string[], width: number): readonly string[] {
  return cells.length > width && cells.slice(width).every(cell => cell.trim() === '') ? cells.slice(0, width) : cells
}

function checked(row: CsvRow, columns: readonly string[]): CsvRow | Reject {
  const reason = rowProblem(row, columns)
  return reason === undefined ? row : { ...row, reason }
}

function isBlank({ cells }: CsvRow): boolean {
  return cells.every(cell => cell.trim() === '')
}

function refuseTwice(file: string, columns: readonly string[]): void {
  const seen = new Set<string>()
  for (const column of columns) {
    const fold = foldColumn(column)
    if (column !== '' && seen.has(fold)) {
      throw new BotError(
        'duplicate_column',
        `${file} has the column ${column.slice(0, 60)} twice.`,
        'Case, blanks, _ and - make no difference. Keep one of them.',
      )
    }
    seen.add(fold)
  }
}
