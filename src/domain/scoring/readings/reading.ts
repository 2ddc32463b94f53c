import type { ObservedAccount } from '../../accounts/account.ts'
import type { Measure } from '../../model/model.ts'
import { isEqual, numberIn } from '../../number.ts'
import type { Instant } from '../../time/instant.ts'
import { type CompiledMeasure, inputOf, type MetricTake, type WhenEmpty, whenEmptyOf } from '../compiled-model.ts'
import { firstAfter } from './columns.ts'
import { type InputValues, takenFrom } from './input-values.ts'
import type { Window } from './window.ts'

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
  const whenEmpty = isEmpty ? whenEmptyOf(input) : undefined
  const isFilled = whenEmpty !== undefined && speaks(whenEmpty, account, at)
  const value = isFilled ? whenEmpty.value : own.value
  if (value === undefined) return readingOf(own.state, own)
  if (input.per === undefined) return readingOf('present', own, value, !isFilled)

  const divisor = readMetric(input.per, account, at)
  if (divisor.value === undefined) return readingOf(divisor.state, own)
  const quotient = quotientOf(value, divisor.value)
  if (Number.isNaN(quotient)) return readingOf('undefined', own)
  // No use of fifty licensed seats is known, not unknown: it rests on the seats.
  return readingOf('present', own, quotient, true, { value, divisor: divisor.value })
}

/** The value of the same reading alone, NaN without one: most assessments ask for nothing else. */
export function readValue(
  measure: CompiledMeasure,
  account: ObservedAccount,
  inputAt: InputValues,
  at: Instant,
): number {
  const { attribute, own, divisor, whenEmpty } = measure
  if (attribute !== undefined) return numberIn(account.attribute(attribute, at)) ?? Number.NaN
  const found = inputAt(own, at)
  const isFilled = Number.isNaN(found) && whenEmpty !== undefined && speaks(whenEmpty, account, at)
  const value = isFilled ? whenEmpty.value : found
  if (!Number.isFinite(value)) return Number.NaN
  if (divisor < 0) return value
  const by = inputAt(divisor, at)
  return Number.isFinite(by) ? quotientOf(value, by) : Number.NaN
}

/** Whether a reading that is there rests on a signal or an attribute: not where `when_empty` alone speaks. */
export function restsOnEvidence(
  { whenEmpty, divisor, own }: CompiledMeasure,
  inputAt: InputValues,
  at: Instant,
): boolean {
  return whenEmpty === undefined || divisor >= 0 || !Number.isNaN(inputAt(own, at))
}

/** `when_empty` speaks once the metric is connected: a help desk that nobody plugged in is not a quiet customer. */
function speaks({ metric, over }: WhenEmpty, { history }: ObservedAccount, at: Instant): boolean {
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

function readMetric(input: MetricTake, { history }: ObservedAccount, at: Instant): MetricReading {
  const { columns } = history
  const series = history.seriesOf(input.metric) ?? -1
  const value = takenFrom(inputOf(input), columns, series, at)
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
