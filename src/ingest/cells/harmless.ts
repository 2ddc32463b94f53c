/** Spreadsheets take a cell that begins like this for a formula, even after blanks. */
const FORMULA = /^'*\s*[=+\-@\t\r]/u

const NUMBER = /^[+-]?[\d.,]+$/

/** A cell that no spreadsheet runs: an apostrophe is put before anything that would be a formula. */
export function harmless(cell: string): string {
  return FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell
}

/** Undoes `harmless`. */
export function asWritten(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) && !NUMBER.test(cell.slice(1)) ? cell.slice(1) : cell
}
