import { type Places, sortedBy } from '../batch-order.ts'
import { addToSpans, emptySpans, type Spans } from '../series-spans.ts'
import { WEEK } from '../week.ts'
import { type SeriesNotes, writeSeries } from './series-notes.ts'
import type { SignalColumns } from './signal-columns.ts'
import type { Statements } from './signal-statements.ts'

/** Marks the accounts that have news as due, and notes the first and the newest instant of each series: once for all rows. */
export function noteNews(
  statements: Statements,
  rows: SignalColumns,
  isNews: Uint8Array,
  notes: SeriesNotes | undefined,
): void {
  // Rows lie in the order of time, and stay so within a series.
  const order = sortedBy(sortedBy(all(rows.length), rows.metric), rows.account)
  const spans = spansOf(rows, order)
  writeSeries(statements, notes === undefined ? spans : notes.add(spans))
  const due: number[] = []
  for (let at = 0; at < order.length; at += 1) {
    const [row, account] = [order[at] ?? 0, rows.account[order[at] ?? 0] ?? 0]
    if (isNews[row] === 1 && account !== due.at(-2)) due.push(account, 1)
  }
  statements.markDue(due)
}

function spansOf({ account, metric, week, time }: SignalColumns, order: Places): Spans {
  const spans = emptySpans(order.length)
  for (let at = 0; at < order.length; at += 1) {
    const row = order[at] ?? 0
    addToSpans(spans, account[row] ?? 0, metric[row] ?? 0, (week[row] ?? 0) * WEEK + (time[row] ?? 0))
  }
  return spans
}

function all(length: number): Places {
  const places = new Uint32Array(length)
  for (let at = 0; at < length; at += 1) places[at] = at
  return places
}
