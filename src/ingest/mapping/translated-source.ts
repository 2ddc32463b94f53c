import type { RowClause } from '../../model/mapping/value.ts'
import { isRefusal } from '../cells/values.ts'
import type { Source } from '../files/csv.ts'
import type { CsvRow, Reject } from '../files/records.ts'
import type { ColumnIndex } from '../rules/record-columns.ts'
import type { Table } from '../tables/table.ts'
import { csvLine } from '../tables/table-as-csv.ts'
import { rowFilter } from '../translate/row-filter.ts'
import type { Translator } from '../translate/translator.ts'

/** What is reported about rows while they are translated. */
export type Told = {
  reject(row: CsvRow, reasons: readonly string[]): void
  leftOut(reason: string, row: CsvRow): void
  /** A row was written: its line, and the row of the file that it was made of, 0 if it was made of several. */
  wrote(line: number, row: number): void
}

/** Lines that are written at once. */
const TOGETHER = 2_000

/** The rows of one kind that a file becomes, as the CSV that its loader reads. */
export async function* translatedCsv(
  table: Table,
  translator: Translator,
  { only, index, told }: { only: readonly RowClause[] | undefined; index: ColumnIndex; told: Told },
): AsyncGenerator<Uint8Array> {
  const filter = rowFilter(only, index)
  let line = 1
  const written = (cells: readonly string[], row: number) => {
    line += 1
    told.wrote(line, row)
    const text = csvLine(cells)
    if (text.includes('\n', 0)) line += text.split('\n').length - 2
    return text
  }
  yield Buffer.from(csvLine(translator.columns))
  for await (const batch of table.rows()) {
    let text = ''
    for (const row of batch) text += translated(row)
    if (text !== '') yield Buffer.from(text)
  }
  let [text, count] = ['', 0]
  for (const cells of translator.end()) {
    text += written(cells, 0)
    count += 1
    if (count % TOGETHER > 0) continue
    yield Buffer.from(text)
    text = ''
  }
  if (text !== '') yield Buffer.from(text)

  function translated(row: CsvRow | Reject): string {
    if (isRefusal(row)) {
      told.reject(row, [row.reason])
      return ''
    }
    const meant = filter(row.cells)
    if (meant !== true) {
      told.leftOut(meant, row)
      return ''
    }
    const { rows, reasons, leftOut } = translator.take(row.cells)
    if (reasons.length > 0) told.reject(row, reasons)
    if (leftOut !== undefined) told.leftOut(leftOut, row)
    return rows.map(cells => written(cells, row.line)).join('')
  }
}

/** The same as a loader takes it; read again, nothing is told. */
export function translatedSource(name: string, chunksOf: (isFirst: boolean) => AsyncGenerator<Uint8Array>): Source {
  return { name, chunks: chunksOf(true), again: () => chunksOf(false) }
}
