import type { ObservedAccount } from '../accounts/account.ts'
import type { Measure, MetricInput, Take } from '../model/model.ts'
import { isEqual, numberIn } from '../number.ts'
import { DAY, type Duration, type Instant } from '../time/instant.ts'
import type { Summary, Window } from './window.ts'

/** What a measure knows about an account; a value only when it is `present`. */
export type Reading = {
  readonly state: 'present' | 'not_applicable' | 'never' | 'stale' | 'undefined'
  readonly value?: number
  /** How many signals of the metric lie in its window; for `change`, in both halves. */
  readonly signals: number
  /** The newest signal of the metric, wherever it lies. */
  readonly newest?: Instant
  /** False where `when_empty` alone speaks, without a divisor: such a reading rests on nothing. */
  readonly restsOnEvidence: boolean
  /** For a reading divided by another: both, before the division. */
  readonly ratio?: { readonly value: number; readonly divisor: number }
}

type MetricReading = Pick<Reading, 'state' | 'value' | 'signals'>

/** Reads one measure as of an instant, taking for granted that it applies. */
export function readMeasure(measure: Measure, account: ObservedAccount, at: Instant): Reading {
  const { input } = measure
  if (input.from === 'attribute') return readAttribute(account.attribute(input.attribute, at))

  const own = readMetric(input, account, at)
  const newest = account.history.newestAt(input.metric, at)
  const filled = isEmpty(own) && isConnected(input, account, at) ? input.whenEmpty : undefined
  const value = filled ?? own.value
  if (value === undefined) return readingOf(own.state, own.signals, newest)
  if (input.per === undefined) return readingOf('present', own.signals, newest, value, filled === undefined)

  const divisor = readMetric(input.per, account, at)
  if (divisor.value === undefined) return readingOf(divisor.state, own.signals, newest)
  const quotient = isEqual(divisor.value, 0) ? undefined : finite(value / divisor.value)
  if (quotient === undefined) return readingOf('undefined', own.signals, newest)
  const ratio = { value, divisor: divisor.value }
  // No use of fifty licensed seats is known, not unknown: it rests on the seats.
  return { ...readingOf('present', own.signals, newest, quotient, true), ratio }
}

function isEmpty({ state }: MetricReading): boolean {
  return state === 'never' || state === 'stale'
}

/** A help desk that nobody plugged in is not a quiet customer: somebody's signal is at least one window old. */
function isConnected({ metric, over = DAY }: MetricInput, { history }: ObservedAccount, at: Instant): boolean {
  const since = history.connectedAt(metric)
  return since !== undefined && since <= at - over
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined
}

/** Made some hundred times for an account: two plain forms, since putting objects together piece by piece costs most. */
function readingOf(
  state: Reading['state'],
  signals: number,
  newest: Instant | undefined,
  value?: number,
  restsOnEvidence = false,
): Reading {
  const known = value === undefined ? { state, signals, restsOnEvidence } : { state, signals, restsOnEvidence, value }
  return newest === undefined ? known : { ...known, newest }
}

/** Every window that reading a measure as of an instant looks into. */
export function windowsOf(measure: Measure, at: Instant): Window[] {
  const { input } = measure
  if (input.from === 'attribute') return []
  const { per } = input
  return [input, ...(per === undefined ? [] : [per])].flatMap(({ metric, take, over }) => {
    const now = windowOf(metric, over, at)
    return take === 'change' && over !== undefined ? [now, windowOf(metric, over, at - over)] : [now]
  })
}

function readAttribute(text: string | undefined): Reading {
  const value = numberIn(text)
  if (value === undefined) return { state: 'never', signals: 0, restsOnEvidence: false }
  return { state: 'present', value, signals: 0, restsOnEvidence: true }
}

type Taken = Pick<MetricInput, 'metric' | 'take' | 'over'> & { readonly of?: MetricInput['of'] }

function readMetric({ metric, take, over, of = 'mean' }: Taken, account: ObservedAccount, at: Instant): MetricReading {
  const now = account.history.summary(windowOf(metric, over, at))
  if (take === 'change' && over !== undefined) {
    const before = account.history.summary(windowOf(metric, over, at - over))
    const signals = now.count + before.count
    if (signals === 0) return absent(metric, account, at)
    return readingIn(percentChange(of, now, before), signals)
  }
  if (now.count === 0) return absent(metric, account, at)
  return readingIn(taken(take, now, at), now.count)
}

/** What is not finite, such as a sum that overflows, is not a reading. */
function readingIn(value: number | undefined, signals: number): MetricReading {
  if (value === undefined || !Number.isFinite(value)) return { state: 'undefined', signals }
  return { state: 'present', value, signals }
}

function windowOf(metric: string, over: Duration | undefined, until: Instant): Window {
  return { metric, after: over === undefined ? -Infinity : until - over, until }
}

function absent(metric: string, { history }: ObservedAccount, at: Instant): MetricReading {
  const first = history.firstAt(metric)
  return { state: first !== undefined && first <= at ? 'stale' : 'never', signals: 0 }
}

function taken(take: Take, window: Summary, at: Instant): number {
  switch (take) {
    case 'latest':
    case 'change':
      return window.newestValue
    case 'sum':
      return window.sum
    case 'mean':
      return window.sum / window.count
    case 'min':
      return window.min
    case 'max':
      return window.max
    case 'count':
      return window.count
    case 'days_since':
      return (at - window.newestAt) / DAY
  }
}

/** Undefined for a base of zero, and for a mean of which one half is empty; an empty half counts or sums to 0. */
function percentChange(of: MetricInput['of'], now: Summary, before: Summary): number | undefined {
  if (of === 'mean' && (now.count === 0 || before.count === 0)) return undefined
  const amount = (window: Summary) => (of === 'mean' ? window.sum / window.count : window[of])
  const base = amount(before)
  return isEqual(base, 0) ? undefined : (100 * (amount(now) - base)) / Math.abs(base)
}
