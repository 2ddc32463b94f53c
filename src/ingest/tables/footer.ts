import { isRefusal } from '../cells/values.ts'
import type { CsvRow, Reject } from '../files/records.ts'

/** More thin rows than that in a row are data. */
const MOST_HELD = 60

const SAYS_SO =
  /^(?:(?:grand |sub)?totals?\b.{0,40}|summe|gesamt|copyright\b.*|confidential\b.*|generated (?:by|on)\b.*|exported (?:by|on)\b.*|report (?:name|run|generated)\b.*|filtered by\b.*|as of \S.*|end of (?:report|file).*|\d+ (?:records?|rows?))$/iu

/** The rows without those at the end that belong to no record, as totals and copyright lines; these go into `footer`. */
export async function* withoutFooter(
  batches: AsyncIterable<readonly (CsvRow | Reject)[]>,
  width: number,
  footer: CsvRow[],
): AsyncGenerator<readonly (CsvRow | Reject)[]> {
  let held: (CsvRow | Reject)[] = []
  for await (const batch of batches) {
    const rows: (CsvRow | Reject)[] = []
    for (const row of batch) {
      if (isThin(row, width)) {
        held.push(row)
        if (held.length > MOST_HELD) rows.push(...held.splice(0, 1))
        continue
      }
      if (held.length > 0) rows.push(...held.splice(0))
      rows.push(row)
    }
    yield rows
  }
  footer.push(...held.filter(({ cells }) => cells.some(cell => cell.trim() !== '')))
  held = []
}

function isThin(row: CsvRow | Reject, width: number): boolean {
  if (isRefusal(row)) return false
  const cells = row.cells.filter(cell => cell.trim() !== '')
  if (cells.length === 0) return true
  if (width < 3 || cells.length > Math.max(2, width / 2)) return false
  return cells.length === 1 || SAYS_SO.test(cells[0]?.trim() ?? '') || (row.cells.length < width && cells.length <= 2)
}
