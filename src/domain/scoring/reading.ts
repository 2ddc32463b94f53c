import type { ObservedAccount } from '../accounts/account.ts'
import type { Measure, MetricInput, Take } from '../model/model.ts'
import { isEqual, numberIn } from '../number.ts'
import { DAY, type Instant } from '../time/instant.ts'
import { firstAfter, newestBefore, type SeriesColumns } from './columns.ts'
import type { Gauge } from './compiled-model.ts'
import { leastIn, mostIn, sumIn, type Window } from './window.ts'

/** What a measure knows about an account; a value only when it is `present`. */
export type Reading = {
  readonly state: 'present' | 'not_applicable' | 'never' | 'stale' | 'undefined'
  readonly value: number | undefined
  /** How many signals of the metric lie in its window; for `change`, in both halves. A scoring of many may see fewer. */
  readonly signals: number
  /** The newest signal of the metric, wherever it lies. A scoring of many sees it only where a measure asks for it. */
  readonly newest: Instant | undefined
  /** False where `when_empty` alone speaks, without a divisor: such a reading rests on nothing. */
  readonly restsOnEvidence: boolean
  /** For a reading divided by another: both, before the division. */
  readonly ratio: { readonly value: number; readonly divisor: number } | undefined
}

type MetricReading = Pick<Reading, 'state' | 'value' | 'signals' | 'newest'>

/** Reads one measure as of an instant, with what there is to say of it, taking for granted that it applies. */
export function readMeasure(measure: Measure, account: ObservedAccount, at: Instant): Reading {
  const { input } = measure
  if (input.from === 'attribute') return readAttribute(account.attribute(input.attribute, at))

  const own = readMetric(input, account, at)
  const isEmpty = own.state === 'never' || own.state === 'stale'
  const isFilled = isEmpty && isFilledIn(input, account, at)
  const value = isFilled ? input.whenEmpty : own.value
  if (value === undefined) return readingOf(own.state, own)
  if (input.per === undefined) return readingOf('present', own, value, !isFilled)

  const divisor = readMetric(input.per, account, at)
  if (divisor.value === undefined) return readingOf(divisor.state, own)
  const quotient = quotientOf(value, divisor.value)
  if (Number.isNaN(quotient)) return readingOf('undefined', own)
  // No use of fifty licensed seats is known, not unknown: it rests on the seats.
  return readingOf('present', own, quotient, true, { value, divisor: divisor.value })
}

/** Where in an account's columns the signals of each of these metrics lie, -1 where there are none. */
export type SeriesOfMetrics = readonly number[]

export function seriesOfMetrics({ history }: ObservedAccount, metrics: readonly string[]): SeriesOfMetrics {
  return metrics.map(metric => history.seriesOf(metric) ?? -1)
}

/** The value of the same reading alone, NaN without one: most assessments ask for nothing else. */
export function readValue(gauge: Gauge, account: ObservedAccount, series: SeriesOfMetrics, at: Instant): number {
  const { input } = gauge.measure
  if (input.from === 'attribute') return numberIn(account.attribute(input.attribute, at)) ?? Number.NaN
  const { columns } = account.history
  const own = numberOf(input, columns, series[gauge.own] ?? -1, at)
  const value = Number.isNaN(own) && isFilledIn(input, account, at) ? (input.whenEmpty ?? Number.NaN) : own
  if (!Number.isFinite(value)) return Number.NaN
  if (input.per === undefined) return value
  const divisor = numberOf(input.per, columns, series[gauge.divisor] ?? -1, at)
  return Number.isFinite(divisor) ? quotientOf(value, divisor) : Number.NaN
}

/** Whether a reading that is there rests on a signal or an attribute: not where `when_empty` alone speaks. */
export function restsOnEvidence(gauge: Gauge, { history }: ObservedAccount, series: SeriesOfMetrics, at: Instant) {
  const { input } = gauge.measure
  if (input.from === 'attribute' || input.per !== undefined || input.whenEmpty === undefined) return true
  return !Number.isNaN(numberOf(input, history.columns, series[gauge.own] ?? -1, at))
}

/** `when_empty` speaks once the metric is connected: a help desk that nobody plugged in is not a quiet customer. */
function isFilledIn(
  { metric, over = DAY, whenEmpty }: MetricInput,
  { history }: ObservedAccount,
  at: Instant,
): boolean {
  if (whenEmpty === undefined) return false
  const since = history.connectedAt(metric)
  return since !== undefined && since <= at - over
}

/** NaN where the divisor is zero, or the quotient overflows. */
function quotientOf(value: number, divisor: number): number {
  const quotient = isEqual(divisor, 0) ? Number.NaN : value / divisor
  return Number.isFinite(quotient) ? quotient : Number.NaN
}

function readingOf(
  state: Reading['state'],
  { signals, newest }: Pick<Reading, 'signals' | 'newest'>,
  value?: number,
  restsOnEvidence = false,
  ratio?: Reading['ratio'],
): Reading {
  return { state, value, signals, newest, restsOnEvidence, ratio }
}

const NO_SIGNALS = { signals: 0, newest: undefined }

export const NOT_APPLICABLE: Reading = readingOf('not_applicable', NO_SIGNALS)

/** Every window that reading a measure as of an instant looks into. */
export function windowsOf(measure: Measure, at: Instant): Window[] {
  return inputsOf(measure).flatMap(({ metric, take, over }) => {
    if (over === undefined) return [{ metric, after: -Infinity, until: at }]
    const now = { metric, after: at - over, until: at }
    return take === 'change' ? [now, { metric, after: at - 2 * over, until: at - over }] : [now]
  })
}

/** The metrics that a measure reads, each in its way; none of a measure that reads an attribute. */
export function inputsOf({ input }: Measure): MetricTake[] {
  if (input.from === 'attribute') return []
  return input.per === undefined ? [input] : [input, input.per]
}

function readAttribute(text: string | undefined): Reading {
  const value = numberIn(text)
  return value === undefined ? readingOf('never', NO_SIGNALS) : readingOf('present', NO_SIGNALS, value, true)
}

export type MetricTake = Pick<MetricInput, 'metric' | 'take' | 'over'> & { readonly of?: MetricInput['of'] }

/** What a metric's window says: a finite number; NaN where it is empty; Infinity where there is no such number. */
function numberOf(input: MetricTake, columns: SeriesColumns, series: number, at: Instant): number {
  if (series < 0) return Number.NaN
  const { take, over } = input
  const first = columns.starts[series] ?? 0
  const stop = firstAfter(columns, first, columns.starts[series + 1] ?? 0, at)
  const start = over === undefined ? first : firstAfter(columns, first, stop, at - over)
  if (take === 'change' && over !== undefined) {
    const before = firstAfter(columns, first, start, at - 2 * over)
    return stop === before ? Number.NaN : finite(percentChange(input.of ?? 'mean', columns, before, start, stop))
  }
  return stop === start ? Number.NaN : finite(taken(take, columns, start, stop, at))
}

/** What is not finite, such as a sum that overflows, is not a reading. */
function finite(value: number): number {
  return Number.isFinite(value) ? value : Infinity
}

function readMetric(input: MetricTake, { history }: ObservedAccount, at: Instant): MetricReading {
  const { columns } = history
  const series = history.seriesOf(input.metric) ?? -1
  const value = numberOf(input, columns, series, at)
  const first = columns.starts[series] ?? 0
  const stop = firstAfter(columns, first, columns.starts[series + 1] ?? first, at)
  const newest = stop === first ? undefined : columns.at[stop - 1]
  const after = input.over === undefined ? -Infinity : at - (input.take === 'change' ? 2 : 1) * input.over
  const signals = stop - firstAfter(columns, first, stop, after)
  if (Number.isFinite(value)) return { state: 'present', value, signals, newest }
  const firstAt = history.firstAt(input.metric)
  const isStale = firstAt !== undefined && firstAt <= at
  return { state: value === Infinity ? 'undefined' : isStale ? 'stale' : 'never', value: undefined, signals, newest }
}

/** What a measure takes from the rows of its window, of which there is at least one. */
function taken(take: Take, columns: SeriesColumns, start: number, stop: number, at: Instant): number {
  switch (take) {
    case 'latest':
    case 'change':
      return newestBefore(columns, stop)
    case 'sum':
      return sumIn(columns, start, stop)
    case 'mean':
      return sumIn(columns, start, stop) / (stop - start)
    case 'min':
      return leastIn(columns, start, stop)
    case 'max':
      return mostIn(columns, start, stop)
    case 'count':
      return stop - start
    case 'days_since':
      return (at - (columns.at[stop - 1] ?? 0)) / DAY
  }
}

/**
 * Of the rows from `middle` against those from `start`. Infinity for a base of zero, and for a mean of which one half is
 * empty; an empty half counts or sums to 0.
 */
function percentChange(
  of: MetricInput['of'],
  columns: SeriesColumns,
  start: number,
  middle: number,
  stop: number,
): number {
  const base = amountIn(of, columns, start, middle)
  const now = amountIn(of, columns, middle, stop)
  return Number.isNaN(base) || Number.isNaN(now) || isEqual(base, 0) ? Infinity : (100 * (now - base)) / Math.abs(base)
}

/** NaN for the mean of nothing. */
function amountIn(of: MetricInput['of'], columns: SeriesColumns, start: number, stop: number): number {
  if (of === 'count') return stop - start
  return of === 'mean' ? sumIn(columns, start, stop) / (stop - start) : sumIn(columns, start, stop)
}
