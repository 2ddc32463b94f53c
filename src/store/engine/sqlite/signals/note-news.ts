import { placesOf, placesWhere, sortedBy } from '../../signals/batch-order.ts'
import { type Spans, spansOf } from '../../signals/series-spans.ts'
import type { SignalColumns } from '../../signals/signal-columns.ts'
import type { Statements } from './signal-statements.ts'

/** The series that have news, with their first and newest instant. */
export function newsOf(rows: SignalColumns, isNews: Uint8Array): Spans {
  // Within a series, rows are already in the order of time.
  const news = placesWhere(placesOf(rows), row => isNews[row] === 1)
  return spansOf(rows, sortedBy(news, rows.metric, rows.account))
}

/** Marks the accounts that have news as due, and records the first and newest instant of each series. */
export function noteNews({ noteSeries, noteMetric, markDue }: Statements, news: Spans): void {
  const { length, account, metric, first, newest } = news
  noteSeries(length, (cells, at, row) => {
    cells[at] = account[row] ?? 0
    cells[at + 1] = metric[row] ?? 0
    cells[at + 2] = first[row] ?? 0
    cells[at + 3] = newest[row] ?? 0
  })
  const due: number[] = []
  const firsts = new Map<number, number>()
  for (let row = 0; row < length; row += 1) {
    const one = metric[row] ?? 0
    if (account[row] !== due.at(-1)) due.push(account[row] ?? 0)
    firsts.set(one, Math.min(first[row] ?? 0, firsts.get(one) ?? Infinity))
  }
  markDue(due.length, (cells, at, row) => {
    cells[at] = due[row] ?? 0
    cells[at + 1] = 1
  })
  for (const [metric, first] of firsts) noteMetric.run(first, metric, first)
}
