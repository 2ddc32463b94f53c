import type { Instant } from '../../../domain/time/instant.ts'
import type { Places } from './batch-order.ts'
import type { SignalBatch } from './signal-batch.ts'
import { WEEK } from './week.ts'

/** When series were first and last observed, by account, then metric. */
export type Spans = {
  length: number
  readonly account: Int32Array
  readonly metric: Int32Array
  readonly first: Float64Array
  readonly newest: Float64Array
}

export function emptySpans(size: number): Spans {
  return {
    length: 0,
    account: new Int32Array(size),
    metric: new Int32Array(size),
    first: new Float64Array(size),
    newest: new Float64Array(size),
  }
}

/** The spans of some rows, which must be in the order of series, then time. */
export function spansOf(
  { account, metric, week, time }: Pick<SignalBatch, 'account' | 'metric' | 'week' | 'time'>,
  rows: Places,
): Spans {
  let [series, last] = [0, -1]
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place] ?? 0
    if (last === -1 || account[row] !== account[last] || metric[row] !== metric[last]) series += 1
    last = row
  }
  const spans = emptySpans(series)
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place] ?? 0
    addRow(spans, account[row] ?? 0, metric[row] ?? 0, (week[row] ?? 0) * WEEK + (time[row] ?? 0))
  }
  return spans
}

function addRow(spans: Spans, account: number, metric: number, at: Instant): void {
  const last = spans.length - 1
  if (account === spans.account[last] && metric === spans.metric[last]) spans.newest[last] = at
  else push(spans, account, metric, at, at)
}

function push(spans: Spans, account: number, metric: number, first: Instant, newest: Instant): void {
  const at = spans.length
  spans.account[at] = account
  spans.metric[at] = metric
  spans.first[at] = first
  spans.newest[at] = newest
  spans.length += 1
}

/** Whether a series overlaps in both, and how many series both have together. */
export function compareSpans(a: Spans, b: Spans): { readonly series: number; readonly isOverlapping: boolean } {
  let series = 0
  let isOverlapping = false
  for (let atA = 0, atB = 0; atA < a.length || atB < b.length; series += 1) {
    const order = compare(a, atA, b, atB)
    isOverlapping ||= order === 0 && beginsBefore(a, atA, b, atB) && beginsBefore(b, atB, a, atA)
    if (order <= 0) atA += 1
    if (order >= 0) atB += 1
  }
  return { series, isOverlapping }
}

/**
 * Merges both; `series` says how many they have together. If `a` has all of them, as it soon does in a file by time, it
 * is overwritten, so as not to allocate.
 */
export function mergeSpans(a: Spans, b: Spans, series: number): Spans {
  if (a.length === 0) return b
  const merged = series === a.length ? { ...a, length: 0 } : emptySpans(series)
  for (let atA = 0, atB = 0; merged.length < series; ) {
    const order = compare(a, atA, b, atB)
    const spans = order <= 0 ? a : b
    const at = order <= 0 ? atA : atB
    let first = spans.first[at] ?? 0
    let newest = spans.newest[at] ?? 0
    if (order === 0) {
      first = Math.min(first, b.first[atB] ?? 0)
      newest = Math.max(newest, b.newest[atB] ?? 0)
    }
    push(merged, spans.account[at] ?? 0, spans.metric[at] ?? 0, first, newest)
    if (order <= 0) atA += 1
    if (order >= 0) atB += 1
  }
  return merged
}

function beginsBefore(a: Spans, atA: number, b: Spans, atB: number): boolean {
  return (a.first[atA] ?? 0) <= (b.newest[atB] ?? 0)
}

/** Which of two series comes first; after the end of one, it is the other. */
function compare(a: Spans, atA: number, b: Spans, atB: number): number {
  if (atA === a.length) return 1
  if (atB === b.length) return -1
  return (a.account[atA] ?? 0) - (b.account[atB] ?? 0) || (a.metric[atA] ?? 0) - (b.metric[atB] ?? 0)
}
