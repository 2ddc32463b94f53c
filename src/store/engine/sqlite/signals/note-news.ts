import { placesOf, placesWhere, sortedBy } from '../../batch-order.ts'
import { type Spans, spansOf } from '../../series-spans.ts'
import type { SignalColumns } from '../../signals/signal-columns.ts'
import type { Statements } from './signal-statements.ts'

/** Marks the accounts that have news as due, and notes the first and the newest instant of each series: once for all rows. */
export function noteNews(statements: Statements, rows: SignalColumns, isNews: Uint8Array): void {
  // Rows lie in the order of time, and stay so within a series.
  const news = placesWhere(placesOf(rows), row => isNews[row] === 1)
  const order = sortedBy(sortedBy(news, rows.metric), rows.account)
  writeSeries(statements, spansOf(rows, order))
  const due: number[] = []
  for (let at = 0; at < order.length; at += 1) {
    const account = rows.account[order[at] ?? 0] ?? 0
    if (account !== due.at(-2)) due.push(account, 1)
  }
  statements.markDue(due)
}

function writeSeries({ noteSeries, noteMetric }: Statements, spans: Spans): void {
  const cells = new Array<number>(spans.length * 4)
  const firsts = new Map<number, number>()
  for (let at = 0; at < spans.length; at += 1) {
    const [metric, first] = [spans.metric[at] ?? 0, spans.first[at] ?? 0]
    cells[at * 4] = spans.account[at] ?? 0
    cells[at * 4 + 1] = metric
    cells[at * 4 + 2] = first
    cells[at * 4 + 3] = spans.newest[at] ?? 0
    if (first < (firsts.get(metric) ?? Infinity)) firsts.set(metric, first)
  }
  noteSeries(cells)
  for (const [metric, first] of firsts) noteMetric.run(first, metric, first)
}
