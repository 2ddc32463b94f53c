import { placesOf, placesWhere, sortedBy } from '../../batch-order.ts'
import { type Spans, spansOf } from '../../series-spans.ts'
import type { SignalColumns } from '../../signals/signal-columns.ts'
import type { Statements } from './signal-statements.ts'

/** The series that have news, from its first to its newest. */
export function newsOf(rows: SignalColumns, isNews: Uint8Array): Spans {
  // Rows lie in the order of time, and stay so within a series.
  const news = placesWhere(placesOf(rows), row => isNews[row] === 1)
  return spansOf(rows, sortedBy(news, rows.metric, rows.account))
}

/** Marks the accounts that have news as due, and notes the first and the newest instant of each series. */
export function noteNews({ noteSeries, noteMetric, markDue }: Statements, { length, ...news }: Spans): void {
  const firsts = new Map<number, number>()
  const [series, due]: [number[], number[]] = [[], []]
  for (let at = 0; at < length; at += 1) {
    const account = news.account[at] ?? 0
    const metric = news.metric[at] ?? 0
    const first = news.first[at] ?? 0
    series.push(account, metric, first, news.newest[at] ?? 0)
    if (account !== due.at(-2)) due.push(account, 1)
    if (first < (firsts.get(metric) ?? Infinity)) firsts.set(metric, first)
  }
  noteSeries(series)
  markDue(due)
  for (const [metric, first] of firsts) noteMetric.run(first, metric, first)
}
