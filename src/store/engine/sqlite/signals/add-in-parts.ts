import type Sqlite from 'better-sqlite3'
import { addCounts } from '../../../counts.ts'
import type { Counts } from '../../engine.ts'
import { type Places, sortedBy } from '../../signals/batch-order.ts'
import { type Spans, spansOf } from '../../signals/series-spans.ts'
import type { SignalBatch } from '../../signals/signal-batch.ts'
import { fillColumns, keysAt, openColumns } from '../../signals/signal-columns.ts'
import type { WriteOptions } from '../../signals/write-options.ts'
import { fetchKnown } from '../dry-run.ts'
import { addRows } from './add-rows.ts'
import { keyOf } from './dictionaries.ts'
import { statementsOf } from './signal-statements.ts'

/** Rows that are laid out at a time, always in the same memory. */
const LAID_OUT = 10_000

/** Adds rows in key order, in the transaction that is open. The caller notes the news. */
export function addInParts(
  sqlite: Sqlite.Database,
  batch: SignalBatch,
  order: Places,
  how: WriteOptions,
): { readonly counts: Counts; readonly news: Spans } {
  const statements = statementsOf(sqlite)
  const keyAt = keysAt(batch, (dictionary, name) => keyOf(sqlite, dictionary, name))
  const counts = { added: 0, changed: 0, unchanged: 0 }
  const news = new Uint32Array(order.length)
  const metric = new Int32Array(batch.length)
  let [newsCount, rows, isNews] = [0, openColumns(0), new Uint8Array(0)]
  for (let start = 0, end = 0; start < order.length; start = end) {
    end = endOfPart(batch, order, start)
    if (end - start > isNews.length) [rows, isNews] = [openColumns(end - start), new Uint8Array(end - start)]
    fillColumns(rows, batch, order.subarray(start, end), keyAt)
    isNews.fill(0)
    fetchKnown(sqlite, rows)
    addCounts(counts, addRows(statements, rows, how, isNews))
    for (let at = 0; at < rows.length; at += 1) {
      if (isNews[at] !== 1) continue
      const place = order[start + at] ?? 0
      news[newsCount++] = place
      metric[place] = rows.metric[at] ?? 0
    }
  }
  // Within a series, rows are already in the order of time.
  const bySeries = sortedBy(news.subarray(0, newsCount), metric, batch.account)
  return { counts, news: spansOf({ ...batch, metric }, bySeries) }
}

/** Rows of one identity stay in one part, since only the first and the last of them count. */
function endOfPart({ week, account, metric, time, id }: SignalBatch, order: Places, start: number): number {
  for (let end = start + LAID_OUT; end < order.length; end += 1) {
    const a = order[end - 1] ?? 0
    const b = order[end] ?? 0
    const isSameTime = time[a] === time[b] && week[a] === week[b]
    if (!isSameTime || metric[a] !== metric[b] || account[a] !== account[b] || id[a] !== id[b]) return end
  }
  return order.length
}
