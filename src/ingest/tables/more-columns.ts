import { isRefusal } from '../cells/values.ts'
import type { Table } from './table.ts'

/** A table with more columns behind its own: `cellsOf` makes them from the cells of a row. */
export function withMoreColumns(
  table: Table,
  names: readonly string[],
  cellsOf: (cells: readonly string[]) => readonly string[],
): Table {
  return {
    ...table,
    columns: [...table.columns, ...names],
    get footer() {
      return table.footer
    },
    async *rows() {
      for await (const batch of table.rows()) {
        yield batch.map(row => (isRefusal(row) ? row : { ...row, cells: [...row.cells, ...cellsOf(row.cells)] }))
      }
    },
  }
}
