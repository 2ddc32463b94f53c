import { isRefusal } from '../cells/values.ts'
import type { Source } from '../files/csv.ts'
import type { Table } from './table.ts'

/** What a table knows of the lines that were written of it. */
export type Origin = {
  /** Why a line could not be read. */
  reasonOf(line: number): string | undefined
  /** The number of the row in the table's own file. */
  rowOf(line: number): number
}

/** A table as CSV in UTF-8, whose lines follow the numbers of the rows as far as no cell has lines of its own. */
export function tableAsCsv(table: Table): Pick<Source, 'name' | 'again'> & { readonly origin: Origin } {
  const reasons = new Map<number, string>()
  // A file without a header has its first row where the header is written.
  const state = { shift: 0 }
  return {
    name: table.name,
    again: () => bytesOf(table, reasons, state),
    origin: { reasonOf: line => reasons.get(line), rowOf: line => line - state.shift },
  }
}

async function* bytesOf(
  table: Table,
  reasons: Map<number, string>,
  state: { shift: number },
): AsyncGenerator<Uint8Array> {
  let line = 2
  yield Buffer.from(csvLine(table.columns))
  for await (const batch of table.rows()) {
    let text = ''
    for (const row of batch) {
      if (row.line === 1) state.shift = 1
      for (; line < row.line + state.shift; line += 1) text += '\n'
      if (isRefusal(row) && reasons.size < MOST_REASONS) reasons.set(line, row.reason)
      // A row that cannot be read gets a wrong number of cells, for which the loader refuses it.
      text +=
        isRefusal(row) && row.cells.length === table.columns.length ? csvLine([...row.cells, '']) : csvLine(row.cells)
      line += 1
    }
    yield Buffer.from(text)
  }
}

const MOST_REASONS = 100_000

export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\n`
}

function csvCell(cell: string): string {
  return /[",\n\r]/.test(cell) || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell
}
