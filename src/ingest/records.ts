import Papa from 'papaparse'
import { type LineBlock, LONGEST_LINE } from './lines.ts'

/** A row of a file: the number of its first line, its cells in the order of the header, and how it was written. */
export type CsvRow = { readonly line: number; readonly cells: readonly string[]; readonly raw: string }

/** A row that was left out. */
export type Reject = { readonly line: number; readonly reason: string; readonly raw: string }

export type Delimiter = ',' | ';' | '\t'

/** How the rows of a file are to look. */
export type Shape = { readonly delimiter: Delimiter; readonly width: number }

/** How far a quote may stay open before it is taken for a mistake. */
const [MOST_LINES, MOST_CHARACTERS] = [50, 65_536]

/**
 * The rows of blocks of lines. A broken line loses only itself: where an opened quote does not end in a row of the
 * right shape, that one line is rejected and reading goes on with the next.
 */
export async function* readRecords(
  blocks: AsyncIterable<LineBlock>,
  shape: Shape,
): AsyncGenerator<(CsvRow | Reject)[]> {
  let open: LineBlock = { first: 1, lines: [] }
  for await (const { first, lines } of blocks) {
    const together = { first: first - open.lines.length, lines: [...open.lines, ...lines] }
    const { records, rest } = recordsIn(together, shape, false)
    yield records
    open = { first: first + lines.length - rest, lines: together.lines.slice(together.lines.length - rest) }
  }
  yield recordsIn(open, shape, true).records
}

/** `rest` counts the lines at the end that may belong to a row whose end is not here yet. */
function recordsIn({ first, lines }: LineBlock, shape: Shape, isLast: boolean) {
  const records: (CsvRow | Reject)[] = []
  const { data, errors } = parse(lines.join('\n'), shape)
  if (errors.length === 0 && data.length === lines.length) {
    for (const [at, raw] of lines.entries()) {
      if (!isBlank(data[at])) records.push(checked({ line: first + at, cells: data[at] ?? [], raw }, shape))
    }
    return { records, rest: 0 }
  }
  for (let at = 0; at < lines.length; ) {
    const found = recordAt(lines, at, shape)
    if (found === 'open' && !isLast) return { records, rest: lines.length - at }
    const raw = lines[at] ?? ''
    if (typeof found === 'string') records.push({ line: first + at, reason: REASONS[found], raw })
    else if (!isBlank(found.cells)) records.push(checked({ ...found, line: first + at }, shape))
    at += typeof found === 'string' ? 1 : found.length
  }
  return { records, rest: 0 }
}

const REASONS = {
  open: 'a quote is opened and not closed',
  endless: 'a quote is opened and not closed',
  misplaced: 'a quote stands in the middle of a cell; double it, or quote the whole cell',
  long: `the line is longer than ${LONGEST_LINE} characters`,
}

/** `open` when the quote that is open at the last line might close on one that follows. */
function recordAt(lines: readonly string[], at: number, shape: Shape) {
  let raw = ''
  for (let length = 1; length <= MOST_LINES; length += 1) {
    const line = lines[at + length - 1]
    if (line === undefined) return 'open'
    if (length === 1 && line.length > LONGEST_LINE) return 'long'
    raw = length === 1 ? line : `${raw}\n${line}`
    if (length > 1 && raw.length > MOST_CHARACTERS) return 'endless'
    if (length > 1 && !line.includes('"')) continue
    const { data, errors } = parse(raw, shape)
    if (errors.some(({ code }) => code === 'InvalidQuotes')) return 'misplaced'
    if (errors.some(({ code }) => code === 'MissingQuotes')) continue
    const cells = data[0] ?? []
    if (length > 1 && cells.length !== shape.width) return 'endless'
    return { cells, raw, length }
  }
  return 'endless'
}

function checked(row: CsvRow, { width }: Shape): CsvRow | Reject {
  const { line, cells, raw } = row
  if (raw.length > LONGEST_LINE) return { line, reason: REASONS.long, raw }
  if (cells.length !== width) return { line, reason: `${cells.length} cells where the header has ${width}`, raw }
  if (raw.includes('\0')) return { line, reason: 'the line holds a NUL character', raw }
  if (raw.includes('\uFFFD')) return { line, reason: 'the line is not written in UTF-8', raw }
  return row
}

function isBlank(cells: readonly string[] = []): boolean {
  return cells.every(cell => cell.trim() === '')
}

export function parse(text: string, { delimiter }: Pick<Shape, 'delimiter'>): Papa.ParseResult<string[]> {
  return Papa.parse<string[]>(text, { delimiter, newline: '\n' })
}
