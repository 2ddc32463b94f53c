import { groupedBy } from '../grouped.ts'
import { lostIn } from '../number.ts'
import { compareText, type Signal } from '../sources/signal.ts'
import { compareTies } from '../sources/signal-tie.ts'
import type { Instant } from '../time/instant.ts'

/** What a window of one metric holds; `newestAt` and `newestValue` mean nothing when `count` is 0. */
export type Summary = {
  readonly count: number
  readonly sum: number
  readonly min: number
  readonly max: number
  readonly newestAt: Instant
  readonly newestValue: number
}

/** The half-open interval (after, until] of one metric; `after` is -Infinity for a window without a start. */
export type Window = { readonly metric: string; readonly after: Instant; readonly until: Instant }

/** An account's signals, as scoring sees them: by windows. Filled for one account, or by one pass over many. */
export type History = {
  summary(window: Window): Summary
  /** When the first signal of a metric was observed. */
  firstAt(metric: string): Instant | undefined
  /** When the first signal of a metric was observed of any account: somebody had plugged it in by then. */
  connectedAt(metric: string): Instant | undefined
  /** The newest signal of a metric at or before an instant; a pass over many accounts does not know it. */
  newestAt(metric: string, until: Instant): Instant | undefined
}

export const EMPTY: Summary = { count: 0, sum: 0, min: 0, max: 0, newestAt: 0, newestValue: 0 }

/** The history that a list of an account's current signals makes, in whatever order they come. */
export function historyOf(signals: readonly Signal[], connectedAt?: History['connectedAt']): History {
  const byMetric = groupedBy(signals, ({ metric }) => metric)
  for (const series of byMetric.values()) series.sort(inOrder)
  const seriesOf = (metric: string) => byMetric.get(metric) ?? []
  const firstAt = (metric: string) => seriesOf(metric)[0]?.observedAt
  return {
    summary: ({ metric, after, until }) => summarise(seriesOf(metric), after, until),
    firstAt,
    connectedAt: connectedAt ?? firstAt,
    newestAt: (metric, until) => seriesOf(metric).findLast(signal => signal.observedAt <= until)?.observedAt,
  }
}

/** The order in which the database keeps them too, so that sums agree to the last bit. */
function inOrder(a: Signal, b: Signal): number {
  return a.observedAt - b.observedAt || compareText(a.id, b.id)
}

function summarise(series: readonly Signal[], after: Instant, until: Instant): Summary {
  let [count, sum, lost, min, max] = [0, 0, 0, Infinity, -Infinity]
  let newest: Signal | undefined
  for (const signal of series) {
    if (signal.observedAt <= after) continue
    if (signal.observedAt > until) break
    count += 1
    lost += lostIn(sum, signal.value)
    sum += signal.value
    min = Math.min(min, signal.value)
    max = Math.max(max, signal.value)
    if (newest === undefined || isNewer(signal, newest)) newest = signal
  }
  if (newest === undefined) return EMPTY
  return { count, sum: sum + lost, min, max, newestAt: newest.observedAt, newestValue: newest.value }
}

function isNewer(signal: Signal, than: Signal): boolean {
  return signal.observedAt > than.observedAt || compareTies(signal.id, than.id) > 0
}
