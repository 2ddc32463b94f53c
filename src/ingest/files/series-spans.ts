import type { Places } from '../../store/engine/batch-order.ts'
import type { SignalBatch } from '../../store/engine/signal-batch.ts'
import { WEEK } from '../../store/engine/week.ts'

/** From when to when each series was met, by account, then metric. */
type Spans = {
  length: number
  readonly account: Int32Array
  readonly metric: Int32Array
  readonly first: Float64Array
  readonly last: Float64Array
}

/** More would take more memory than counting on the disk. */
const MOST = 1_000_000

/** Knows of files that come in some order that none of their rows stands at the time of a row far before it. */
export function openSpans() {
  let known = emptySpans(0)
  return {
    /** Adds rows, in the order of series. False where one may stand at the time of an earlier one: nothing was added then. */
    add(batch: SignalBatch, rows: Places): boolean {
      const merged = merge(known, spansOf(batch, rows))
      if (merged === undefined || merged.length > MOST) return false
      known = merged
      return true
    },
  }
}

function emptySpans(size: number): Spans {
  return {
    length: 0,
    account: new Int32Array(size),
    metric: new Int32Array(size),
    first: new Float64Array(size),
    last: new Float64Array(size),
  }
}

function spansOf(batch: SignalBatch, rows: Places): Spans {
  const spans = emptySpans(rows.length)
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] ?? 0
    const account = batch.account[row] ?? 0
    const metric = batch.metric[row] ?? 0
    const instant = (batch.week[row] ?? 0) * WEEK + (batch.time[row] ?? 0)
    const isSame = account === spans.account[spans.length - 1] && metric === spans.metric[spans.length - 1]
    if (isSame) spans.last[spans.length - 1] = instant
    else push(spans, account, metric, instant, instant)
  }
  return spans
}

function push(spans: Spans, account: number, metric: number, first: number, last: number): void {
  const at = spans.length
  spans.account[at] = account
  spans.metric[at] = metric
  spans.first[at] = first
  spans.last[at] = last
  spans.length += 1
}

/** Undefined where two of one series overlap. */
function merge(a: Spans, b: Spans): Spans | undefined {
  const merged = emptySpans(a.length + b.length)
  let [atA, atB] = [0, 0]
  while (atA < a.length || atB < b.length) {
    const order = atA === a.length ? 1 : atB === b.length ? -1 : compare(a, atA, b, atB)
    const [spans, at] = order <= 0 ? [a, atA] : [b, atB]
    let [first, last] = [spans.first[at] ?? 0, spans.last[at] ?? 0]
    if (order === 0) {
      const [otherFirst, otherLast] = [b.first[atB] ?? 0, b.last[atB] ?? 0]
      if (otherFirst <= last && first <= otherLast) return undefined
      first = Math.min(first, otherFirst)
      last = Math.max(last, otherLast)
    }
    push(merged, spans.account[at] ?? 0, spans.metric[at] ?? 0, first, last)
    if (order <= 0) atA += 1
    if (order >= 0) atB += 1
  }
  return merged
}

function compare(a: Spans, atA: number, b: Spans, atB: number): number {
  return (a.account[atA] ?? 0) - (b.account[atB] ?? 0) || (a.metric[atA] ?? 0) - (b.metric[atB] ?? 0)
}
