import { groupedBy } from '../../grouped.ts'
import { lostIn } from '../../number.ts'
import { compareText, type ObservedSignal } from '../../sources/signal.ts'
import { rankOfId } from '../../sources/signal-tie.ts'
import type { Instant } from '../../time/instant.ts'
import { firstAfter, newestBefore, type SeriesColumns } from './columns.ts'
import { gatherSignals, inColumns } from './gathering.ts'

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

/** An account's signals, as scoring sees them. */
export type History = {
  readonly columns: SeriesColumns
  /** Where in the columns the signals of a metric lie; undefined where there are none. */
  seriesOf(metric: string): number | undefined
  /** When the first signal of a metric was observed; perhaps `earliest` where that lies before it. */
  firstAt(metric: string): Instant | undefined
  /** When the first signal of a metric was observed of any account: somebody had plugged it in by then. */
  connectedAt(metric: string): Instant | undefined
  /** What was read for many accounts holds what one scoring looks at: nothing may be asked as of an instant before this. */
  readonly earliest: Instant
}

const EMPTY: Summary = { count: 0, sum: 0, min: 0, max: 0, newestAt: 0, newestValue: 0 }

/** The history that a list of an account's current signals makes, in whatever order they come. */
export function historyOf(signals: readonly ObservedSignal[], connectedAt?: History['connectedAt']): History {
  const byMetric = [...groupedBy(signals, ({ metric }) => metric)]
  const gathering = gatherSignals(signals.length)
  const firsts = new Map<string, Instant>()
  for (const [series, [metric, ofMetric]] of byMetric.entries()) {
    for (const { observedAt, value, id } of ofMetric.sort(inOrder)) {
      if (!firsts.has(metric)) firsts.set(metric, observedAt)
      gathering.add(series, observedAt, value, rankOfId(id))
    }
  }
  const series = new Map(byMetric.map(([metric], index) => [metric, index]))
  const firstAt = (metric: string) => firsts.get(metric)
  return {
    columns: inColumns(byMetric.length, [gathering]),
    seriesOf: metric => series.get(metric),
    firstAt,
    connectedAt: connectedAt ?? firstAt,
    earliest: -Infinity,
  }
}

/** The order in which the database keeps them too, so that sums agree to the last bit. */
function inOrder(a: ObservedSignal, b: ObservedSignal): number {
  return a.observedAt - b.observedAt || compareText(a.id, b.id)
}

export function summaryOf({ columns, seriesOf }: History, { metric, after, until }: Window): Summary {
  const series = seriesOf(metric)
  if (series === undefined) return EMPTY
  const start = firstAfter(columns, columns.starts[series] ?? 0, columns.starts[series + 1] ?? 0, after)
  const stop = firstAfter(columns, start, columns.starts[series + 1] ?? 0, until)
  if (start === stop) return EMPTY
  return {
    count: stop - start,
    sum: sumIn(columns, start, stop),
    min: leastIn(columns, start, stop),
    max: mostIn(columns, start, stop),
    newestAt: columns.at[stop - 1] ?? 0,
    newestValue: newestBefore(columns, stop),
  }
}

/** The newest signal of a metric at or before an instant. */
export function newestAt({ columns, seriesOf }: History, metric: string, until: Instant): Instant | undefined {
  const series = seriesOf(metric)
  if (series === undefined) return undefined
  const start = columns.starts[series] ?? 0
  const stop = firstAfter(columns, start, columns.starts[series + 1] ?? 0, until)
  return start === stop ? undefined : columns.at[stop - 1]
}

export function sumIn({ value }: SeriesColumns, start: number, stop: number): number {
  let [sum, lost] = [0, 0]
  for (let row = start; row < stop; row += 1) {
    const next = value[row] ?? 0
    lost += lostIn(sum, next)
    sum += next
  }
  return sum + lost
}

export function leastIn({ value }: SeriesColumns, start: number, stop: number): number {
  let least = Infinity
  for (let row = start; row < stop; row += 1) least = Math.min(least, value[row] ?? 0)
  return least
}

export function mostIn({ value }: SeriesColumns, start: number, stop: number): number {
  let most = -Infinity
  for (let row = start; row < stop; row += 1) most = Math.max(most, value[row] ?? 0)
  return most
}
