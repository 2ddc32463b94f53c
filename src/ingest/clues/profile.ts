import { withoutInvisible } from '../cells/invisible.ts'
import { isRefusal } from '../cells/values.ts'
import { WITH } from '../mapping/join.ts'
import { type AmountTally, amountTally } from '../rules/amount-tally.ts'
import { isNoAmount } from '../rules/amounts.ts'
import { type DateTally, dateTally } from '../rules/date-tally.ts'
import { emailDomain, hostIn } from '../rules/domains.ts'
import type { Table } from '../tables/table.ts'

/** What the cells of a column look like; shares are of the filled ones. */
export type ColumnProfile = {
  readonly name: string
  /** The name in small letters without accents and signs, its words parted by blanks. */
  readonly words: string
  readonly filled: number
  readonly example: string
  /** The different values, up to some. */
  readonly values: ReadonlyMap<string, number>
  readonly isUnique: boolean
  readonly numbers: number
  readonly emails: number
  readonly domains: number
  readonly isDate: boolean
  readonly longest: number
  readonly range: { readonly min: number; readonly max: number }
}

export type Profile = { readonly rows: number; readonly columns: readonly ColumnProfile[] }

/** Rows that are looked at, and different values that are kept of a column. */
const [MOST_ROWS, MOST_VALUES] = [50_000, 5_000]

export async function profileOf(table: Table): Promise<Profile> {
  const columns = table.columns.map(name => ({ name, ...emptyColumn() }))
  let rows = 0
  for await (const batch of table.rows()) {
    for (const row of batch) {
      if (isRefusal(row)) continue
      rows += 1
      for (const [at, column] of columns.entries()) look(column, row.cells[at] ?? '', row.line)
    }
    if (rows >= MOST_ROWS) break
  }
  return { rows, columns: columns.map(finished) }
}

type Looking = ReturnType<typeof emptyColumn> & { readonly name: string }

function emptyColumn() {
  return {
    filled: 0,
    example: '',
    values: new Map<string, number>(),
    isCut: false,
    emails: 0,
    domains: 0,
    numbers: 0,
    longest: 0,
    min: Infinity,
    max: -Infinity,
    dates: dateTally() as DateTally,
    amounts: amountTally() as AmountTally,
  }
}

function look(column: Looking, cell: string, line: number): void {
  const text = withoutInvisible(cell).trim()
  if (text === '') return
  column.filled += 1
  column.example ||= text
  column.longest = Math.max(column.longest, text.length)
  const known = column.values.get(text)
  if (known !== undefined || column.values.size < MOST_VALUES) column.values.set(text, (known ?? 0) + 1)
  else column.isCut = true
  // Each value is examined once, since most occur in many rows.
  if (known !== undefined || isNoAmount(text)) return
  if (emailDomain(text) !== undefined) column.emails += 1
  else if (hostIn(text) !== undefined) column.domains += 1
  column.dates.add(text, line)
  column.amounts.add(text, line)
  const value = Number(text.replace(',', '.').replace(/[^\d.-]/g, ''))
  if (Number.isFinite(value)) {
    column.min = Math.min(column.min, value)
    column.max = Math.max(column.max, value)
  }
}

/** A name in small letters, without accents and signs, its words parted by blanks: "Nächste_Verlängerung" is "nachste verlangerung". */
export function plainWords(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/ (?:utc|gmt)$/, '')
    .trim()
}

function finished(column: Looking): ColumnProfile {
  const { name, filled, example, values, isCut, emails, domains, dates, amounts, longest, min, max } = column
  const distinct = Math.max(1, values.size)
  const decision = dates.decide('day-first')
  return {
    name,
    words: plainWords(name.startsWith(WITH) ? name.slice(WITH.length) : name),
    filled,
    example,
    values,
    isUnique: filled > 0 && !isCut && values.size >= filled * 0.98,
    numbers: amounts.numbers / distinct,
    emails: emails / distinct,
    domains: domains / distinct,
    isDate: filled > 0 && (decision.rule !== undefined || decision.isMixed === true),
    longest,
    range: { min, max },
  }
}
