import type { ObservedAccount } from '../../accounts/account.ts'
import type { MetricInput, Take } from '../../model/model.ts'
import { isEqual } from '../../number.ts'
import { DAY, type Instant } from '../../time/instant.ts'
import type { Input } from '../compiled-model.ts'
import { firstAfter, newestBefore, type SeriesColumns } from './columns.ts'
import { leastIn, mostIn, sumIn } from './window.ts'

/** What one of a model's inputs, by its place, says as of an instant: see `takenFrom`. */
export type InputValues = (place: number, at: Instant) => number

/** Of one account. What was found last is kept, since several measures take the same. */
export function inputValues(inputs: readonly Input[], { history }: ObservedAccount): InputValues {
  const kept: (Kept | undefined)[] = inputs.map(nothing)
  return (place, at) => {
    const input = inputs[place]
    if (input === undefined) return Number.NaN
    const last = kept[place] ?? { series: history.seriesOf(input.metric) ?? -1, at: Number.NaN, value: Number.NaN }
    kept[place] = last
    if (last.at !== at) {
      last.value = takenFrom(input, history.columns, last.series, at)
      last.at = at
    }
    return last.value
  }
}

type Kept = { readonly series: number; at: Instant; value: number }

const nothing = () => undefined

/** What a metric's window says: a finite number; NaN where it is empty; Infinity where there is no such number. */
export function takenFrom({ take, of, over }: Input, columns: SeriesColumns, series: number, at: Instant): number {
  if (series < 0) return Number.NaN
  const first = columns.starts[series] ?? 0
  const stop = firstAfter(columns, first, columns.starts[series + 1] ?? 0, at)
  const start = over === Infinity ? first : firstAfter(columns, first, stop, at - over)
  if (take === 'change' && over !== Infinity) {
    const before = firstAfter(columns, first, start, at - 2 * over)
    return stop === before ? Number.NaN : finite(percentChange(of, columns, before, start, stop))
  }
  return stop === start ? Number.NaN : finite(taken(take, columns, start, stop, at))
}

/** What is not finite, such as a sum that overflows, is not a reading. */
function finite(value: number): number {
  return Number.isFinite(value) ? value : Infinity
}

/** From the rows of a window, of which there is at least one. */
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
