import { sortedBy } from '../batch-order.ts'
import { WEEK } from '../week.ts'
import type { SignalColumns } from './signal-columns.ts'
import type { Statements } from './signal-statements.ts'

/** Marks the accounts that have news as due, and notes the first and the newest instant of each series: once for all rows. */
export function noteNews(statements: Statements, rows: SignalColumns, isNews: Uint8Array): void {
  const { account, metric, week, time } = rows
  // Rows lie in the order of time, and stay so within a series.
  const order = sortedBy(sortedBy(newsAmong(isNews), metric), account)
  const [series, due]: [number[], number[]] = [[], []]
  for (let start = 0; start < order.length; ) {
    const first = order[start] ?? 0
    let end = start + 1
    while (end < order.length && isSameSeries(rows, first, order[end] ?? 0)) end += 1
    const newest = order[end - 1] ?? 0
    const instantAt = (row: number) => (week[row] ?? 0) * WEEK + (time[row] ?? 0)
    series.push(account[first] ?? 0, metric[first] ?? 0, instantAt(first), instantAt(newest))
    if (start === 0 || account[first] !== account[order[start - 1] ?? 0]) due.push(account[first] ?? 0, 1)
    start = end
  }
  statements.noteNewest(series)
  statements.noteFirst(series)
  statements.markDue(due)
}

function newsAmong(isNews: Uint8Array): Uint32Array<ArrayBuffer> {
  const news = new Uint32Array(isNews.length)
  let count = 0
  for (let row = 0; row < isNews.length; row += 1) {
    if (isNews[row] === 1) news[count++] = row
  }
  return news.subarray(0, count)
}

function isSameSeries({ account, metric }: SignalColumns, a: number, b: number): boolean {
  return account[a] === account[b] && metric[a] === metric[b]
}
