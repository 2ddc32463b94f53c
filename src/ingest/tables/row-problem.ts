import { counted } from '../../domain/counted.ts'
import { errorCellProblem } from '../cells/values.ts'
import type { CsvRow } from '../files/records.ts'

/** Why a row cannot be taken as it stands, if it cannot. */
export function rowProblem({ cells, raw }: CsvRow, columns: readonly string[]): string | undefined {
  if (cells.length !== columns.length) {
    return `${counted(cells.length, 'cell')} where the header has ${columns.length}; quote cells that hold the separator`
  }
  if (raw.includes('\0')) return 'the row holds a NUL character'
  if (raw.includes('\uFFFD')) return 'the row is not written in UTF-8'
  if (!raw.includes('#')) return undefined
  for (const [at, cell] of cells.entries()) {
    const problem = errorCellProblem(columns[at] || `column ${at + 1}`, cell.trim())
    if (problem !== undefined) return problem
  }
  return undefined
}
