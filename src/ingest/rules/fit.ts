import { BotError } from '../../errors.ts'
import { usesOf } from '../../model/mapping/fields.ts'
import type { Mapping } from '../../model/mapping/mapping.ts'
import type { DateRule } from '../../model/mapping/value.ts'
import { foldColumn } from '../cells/columns.ts'
import type { DecimalSign } from '../cells/numbers.ts'
import { isRefusal } from '../cells/values.ts'
import type { Table } from '../tables/table.ts'
import { type AmountTally, amountTally } from './amount-tally.ts'
import { isNoAmount } from './amounts.ts'
import { type DateTally, dateTally } from './date-tally.ts'
import { columnIndex } from './record-columns.ts'

/** How the dates and numbers of a file are written, a rule for each column, by the folded name. */
export type Fit = {
  readonly dates: ReadonlyMap<string, DateRule>
  readonly decimals: ReadonlyMap<string, DecimalSign>
  readonly rows: number
  /** What cannot be decided or does not fit, in sentences that name the column. */
  readonly problems: readonly string[]
  /** What was decided by other columns, in sentences. */
  readonly remarks: readonly string[]
}

export type FitOptions = {
  /** What whoever imports says of dates and numbers that could be either. */
  readonly dates?: 'day-first' | 'month-first' | undefined
  readonly decimal?: DecimalSign | undefined
}

type Looked<T> = { readonly column: string; readonly at: number; readonly tally: T }

/** Reads the whole file once and decides a rule for each column of dates and numbers that a mapping reads. */
export async function fitMapping(table: Table, mapping: Mapping, options: FitOptions = {}): Promise<Fit> {
  const uses = usesOf(mapping)
  const index = columnIndex(table.columns)
  const named = (kinds: readonly string[]) => [
    ...new Set(uses.filter(({ kind }) => kinds.includes(kind)).flatMap(({ value }) => value.column)),
  ]
  const looked = <T>(names: readonly string[], tally: () => T): Looked<T>[] =>
    names.flatMap(column => (index(column) === -1 ? [] : [{ column, at: index(column), tally: tally() }]))
  const dates = looked(named(['time', 'day']), dateTally)
  const amounts = looked(
    named(['number']).filter(
      column => !uses.some(({ value }) => value.words !== undefined && value.column.includes(column)),
    ),
    amountTally,
  )
  let rows = 0
  for await (const batch of table.rows()) {
    for (const row of batch) {
      if (isRefusal(row)) continue
      rows += 1
      for (const { at, tally } of dates) addFilled(tally, row.cells[at] ?? '', row.line)
      for (const { at, tally } of amounts) addFilled(tally, row.cells[at] ?? '', row.line)
    }
  }
  const written = explicit(mapping)
  const decided = decideDates(dates, written.dates, options.dates ?? localeOf(amounts, table))
  const numbers = decideAmounts(amounts, written.decimals, options.decimal, isForeign(table))
  return {
    dates: decided.rules,
    decimals: numbers.rules,
    rows,
    problems: [...decided.problems, ...numbers.problems],
    remarks: decided.remarks,
  }
}

/** Throws the problems of a fit as one refusal. */
export function refuseProblems(name: string, { problems }: Fit): void {
  if (problems.length === 0) return
  throw new BotError(
    'undecidable',
    `${name} cannot be loaded as it is:\n${problems.map(text => `  ${text}`).join('\n')}`,
  )
}

function addFilled(tally: DateTally | AmountTally, cell: string, line: number): void {
  const text = cell.trim()
  if (!isNoAmount(text)) tally.add(text, line)
}

/** A comma before decimals is written where days come first. */
function localeOf(amounts: readonly Looked<AmountTally>[], table: Table): 'day-first' | undefined {
  const hasComma = amounts.some(({ tally }) => tally.evidence === ',')
  return hasComma && !amounts.some(({ tally }) => tally.evidence === '.') && isForeign(table) ? 'day-first' : undefined
}

/** Semicolons part cells where a comma stands before decimals. */
function isForeign({ form }: Table): boolean {
  return form.includes('semicolons')
}

function explicit(mapping: Mapping) {
  const dates = new Map<string, DateRule>()
  const decimals = new Map<string, DecimalSign>()
  for (const { value } of usesOf(mapping)) {
    for (const column of value.column) {
      if (value.date !== undefined) dates.set(foldColumn(column), value.date)
      if (value.decimal !== undefined) decimals.set(foldColumn(column), value.decimal)
    }
  }
  return { dates, decimals }
}

function decideDates(
  looked: readonly Looked<DateTally>[],
  written: ReadonlyMap<string, DateRule>,
  evidence: 'day-first' | 'month-first' | undefined,
) {
  const [rules, problems, remarks]: [Map<string, DateRule>, string[], string[]] = [new Map(), [], []]
  const sure = new Set<DateRule>()
  for (const { column, tally } of looked) {
    const rule = written.get(foldColumn(column))
    const decision = tally.decide(undefined)
    if (rule === undefined) {
      if (decision.rule !== undefined) sure.add(decision.rule)
      continue
    }
    rules.set(foldColumn(column), rule)
    sure.add(rule)
    const { fit, of, first } = tally.fits(rule)
    if (of === 0 || fit * 2 >= of) continue
    const now = decision.rule === undefined ? '' : ` They look ${decision.rule} now.`
    problems.push(
      `"${column}" no longer holds dates that are ${rule}: ${of - fit} of ${of} do not fit, the first is ${JSON.stringify(first?.text)} on line ${first?.line}.${now}`,
    )
  }
  const beside =
    sure.has('day-first') === sure.has('month-first') ? undefined : sure.has('day-first') ? 'day-first' : 'month-first'
  for (const { column, tally } of looked) {
    if (rules.has(foldColumn(column)) || tally.fits('iso').of === 0) continue
    const decision = tally.decide(evidence ?? beside)
    if (decision.rule === undefined) {
      const remedy = decision.isOpen
        ? ' Say it with --dates day-first or --dates month-first.'
        : ' Fix it, or leave the column out of the mapping.'
      problems.push(`The dates of "${column}" cannot be read: ${decision.problem}.${remedy}`)
      continue
    }
    rules.set(foldColumn(column), decision.rule)
    if (!decision.isCertain)
      remarks.push(`The dates of "${column}" are read ${decision.rule}, as the rest of the file is written.`)
  }
  return { rules, problems, remarks }
}

function decideAmounts(
  looked: readonly Looked<AmountTally>[],
  written: ReadonlyMap<string, DecimalSign>,
  declared: DecimalSign | undefined,
  isForeign: boolean,
) {
  const [rules, problems]: [Map<string, DecimalSign>, string[]] = [new Map(), []]
  const signs = new Set(looked.flatMap(({ tally }) => tally.evidence ?? []))
  const beside = declared ?? (signs.size === 1 ? [...signs][0] : undefined)
  for (const { column, tally } of looked) {
    const sign = written.get(foldColumn(column))
    const other = tally.evidence
    if (sign !== undefined && other !== undefined && other !== sign) {
      problems.push(`"${column}" no longer holds numbers with "${sign}" before decimals. They have "${other}" now.`)
    }
    const decision = sign === undefined ? tally.decide(beside, isForeign) : { decimal: sign }
    if (decision.decimal !== undefined) rules.set(foldColumn(column), decision.decimal)
    else
      problems.push(
        `The numbers of "${column}" cannot be read: ${decision.problem}. Say it with --decimal . or --decimal ,`,
      )
  }
  return { rules, problems }
}
