/** A spreadsheet takes a cell that begins so for a formula, even after blanks. */
const FORMULA = /^'*\s*[=+\-@\t\r]/u

const NUMBER = /^[+-]?[\d.,]+$/

/** A cell that no spreadsheet runs: an apostrophe stands before what would be a formula. */
export function harmless(cell: string): string {
  return FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell
}

/** The cell that `harmless` was given. */
export function asWritten(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) && !NUMBER.test(cell.slice(1)) ? cell.slice(1) : cell
}
