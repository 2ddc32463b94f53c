/** A record of a file: the number of its first line, its cells, and how it was written. */
export type CsvRow = { readonly line: number; readonly cells: readonly string[]; readonly raw: string }

/** A record that is left out; `id` is the one that it would have had. */
export type Reject = CsvRow & { readonly reason: string; readonly id?: string }

/** Bytes. A longer record is refused, and reading continues after its end. */
export const LONGEST_RECORD = 1_048_576

/** Characters that are kept of a record that is refused for its length. */
const KEPT = 200

/** The records of texts, one after the other. */
export async function* splitRecords(
  texts: AsyncIterable<string>,
  delimiter: string,
  first = 1,
): AsyncGenerator<(CsvRow | Reject)[]> {
  const splitter = openSplitter(delimiter, first)
  for await (const text of texts) yield splitter.take(text)
  const rest = splitter.end()
  if (rest.length > 0) yield rest
}

/** Takes a text, whose lines end in \n, piece by piece. */
export type Splitter = {
  /** The records that are complete by now. */
  take(text: string): (CsvRow | Reject)[]
  end(): (CsvRow | Reject)[]
  /** Whether the next character begins a record. */
  readonly isBetweenRows: boolean
  /** Counts lines that were read elsewhere. */
  skip(lines: number): void
}

/**
 * A record ends where a line ends outside of quotes, however many lines that takes: nothing within quotes is ever read
 * as a record, so that a long mail in a cell cannot write rows of its own.
 */
export function openSplitter(delimiter: string, first: number): Splitter {
  let open = begin(first)
  return {
    take(text) {
      const records: (CsvRow | Reject)[] = []
      let quote = text.indexOf('"')
      for (let at = 0; at < text.length; ) {
        if (quote !== -1 && quote < at) quote = text.indexOf('"', at)
        const end = isFresh(open) ? text.indexOf('\n', at) : -1
        if (end !== -1 && (quote === -1 || quote > end)) {
          records.push(unquoted(open.line, text.slice(at, end), delimiter))
          open.line += 1
          at = end + 1
          continue
        }
        at = scan(open, text, at, delimiter)
        if (open.mode !== 'ended') continue
        records.push(closed(open))
        open = begin(open.line + open.lines)
      }
      return records
    },
    end: () => (isFresh(open) ? [] : [closed(open)]),
    get isBetweenRows() {
      return isFresh(open)
    },
    skip(lines) {
      open.line += lines
    },
  }
}

/** `quote` is right after one that may close, `after` in the blanks behind it. */
type Mode = 'start' | 'bare' | 'quoted' | 'quote' | 'after' | 'ended'

/** A record that is being read; `ends` are the ends of its cells. */
type Open = {
  mode: Mode
  line: number
  lines: number
  raw: string
  ends: number[]
  isLong: boolean
  isMisplaced: boolean
  quoteLine: number
}

function begin(line: number): Open {
  return { mode: 'start', line, lines: 0, raw: '', ends: [], isLong: false, isMisplaced: false, quoteLine: line }
}

function isFresh({ mode, raw, lines, ends }: Open): boolean {
  return mode === 'start' && raw === '' && lines === 0 && ends.length === 0
}

/** Reads on until the record or the text ends, and says where that was. */
function scan(open: Open, text: string, from: number, delimiter: string): number {
  let at = from
  for (; at < text.length && open.mode !== 'ended'; at += 1) {
    const character = text.charAt(at)
    if (character === '\n') open.lines += 1
    const mode = after(open.mode, character, delimiter)
    if (mode === 'quoted' && open.mode === 'start') open.quoteLine = open.line + open.lines
    if (isReopened(open.mode, mode, character)) open.isMisplaced = true
    if (character === delimiter && mode === 'start' && !open.isLong) open.ends.push(open.raw.length + at - from)
    open.mode = mode
  }
  keep(open, text.slice(from, open.mode === 'ended' ? at - 1 : at))
  return at
}

function after(mode: Mode, character: string, delimiter: string): Mode {
  if (mode === 'quoted') return character === '"' ? 'quote' : 'quoted'
  if (character === delimiter) return 'start'
  if (character === '\n') return 'ended'
  const isBlank = character === ' ' || character === '\t'
  switch (mode) {
    case 'start':
      return character === '"' ? 'quoted' : isBlank ? 'start' : 'bare'
    case 'quote':
      return isBlank ? 'after' : 'quoted'
    case 'after':
      return isBlank ? 'after' : character === '"' ? 'quote' : 'quoted'
    default:
      return 'bare'
  }
}

/** Whether a quote that seemed to close its cell did not: what follows it belongs to the cell. */
function isReopened(mode: Mode, next: Mode, character: string): boolean {
  if (mode === 'quote') return next === 'quoted' && character !== '"'
  return mode === 'after' && (next === 'quoted' || next === 'quote')
}

function keep(open: Open, text: string): void {
  if (open.isLong) return
  open.raw += text
  // Only a text of more than a third as many characters can have that many bytes.
  if (open.raw.length <= LONGEST_RECORD / 3 || Buffer.byteLength(open.raw) <= LONGEST_RECORD) return
  open.isLong = true
  open.raw = open.raw.slice(0, KEPT)
}

function unquoted(line: number, raw: string, delimiter: string): CsvRow | Reject {
  if (raw.length > LONGEST_RECORD / 3) {
    const open = begin(line)
    keep(open, raw)
    if (open.isLong) return closed(open)
  }
  return { line, raw, cells: raw.split(delimiter) }
}

function closed(open: Open): CsvRow | Reject {
  const { line, raw } = open
  const reason = problemOf(open)
  if (reason !== undefined) return { line, raw: raw.slice(0, KEPT), cells: [raw.slice(0, KEPT)], reason }
  const starts = [0, ...open.ends.map(end => end + 1)]
  const cells = starts.map((start, at) => withoutQuotes(raw.slice(start, open.ends[at] ?? raw.length)))
  return { line, raw, cells }
}

function problemOf({ mode, isLong, isMisplaced, quoteLine }: Open): string | undefined {
  if (mode === 'quoted')
    return `the quote that opens on line ${quoteLine} is never closed; the rest of the file is left out`
  if (isLong) return `the row is longer than ${LONGEST_RECORD.toLocaleString('en')} bytes`
  return isMisplaced ? 'there is a quote in the middle of a quoted cell; double it' : undefined
}

function withoutQuotes(cell: string): string {
  const trimmed = cell.trim()
  return trimmed.startsWith('"') ? trimmed.slice(1, -1).replaceAll('""', '"') : cell
}
