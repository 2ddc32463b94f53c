import type { Instant } from '../../../domain/time/instant.ts'
import type { Places } from './batch-order.ts'
import type { SignalBatch } from './signal-batch.ts'
import { WEEK } from './week.ts'

/** From when to when series were observed, by account, then metric. */
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

/** The spans of some rows, which come in the order of series, then time. */
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

/** Both together, and whether two of one series overlap. */
export function mergeSpans(a: Spans, b: Spans): { merged: Spans; isOverlapping: boolean } {
  const merged = emptySpans(a.length + b.length)
  let [atA, atB, isOverlapping] = [0, 0, false]
  while (atA < a.length || atB < b.length) {
    const order = atA === a.length ? 1 : atB === b.length ? -1 : compare(a, atA, b, atB)
    const spans = order <= 0 ? a : b
    const at = order <= 0 ? atA : atB
    const account = spans.account[at] ?? 0
    const metric = spans.metric[at] ?? 0
    let first = spans.first[at] ?? 0
    let newest = spans.newest[at] ?? 0
    if (order === 0) {
      const otherFirst = b.first[atB] ?? 0
      const otherNewest = b.newest[atB] ?? 0
      isOverlapping ||= otherFirst <= newest && first <= otherNewest
      first = Math.min(first, otherFirst)
      newest = Math.max(newest, otherNewest)
    }
    push(merged, account, metric, first, newest)
    if (order <= 0) atA += 1
    if (order >= 0) atB += 1
  }
  return { merged, isOverlapping }
}

function compare(a: Spans, atA: number, b: Spans, atB: number): number {
  return (a.account[atA] ?? 0) - (b.account[atB] ?? 0) || (a.metric[atA] ?? 0) - (b.metric[atB] ?? 0)
}
