import type Sqlite from 'better-sqlite3'
import type { Counts, SaveOptions } from '../../engine.ts'
import type { Places } from '../../signals/batch-order.ts'
import type { SignalBatch } from '../../signals/signal-batch.ts'
import { columnsOf, type SignalColumns } from '../../signals/signal-columns.ts'
import type { WriteOptions } from '../../signals/write-options.ts'
import { fetchKnown } from '../dry-run.ts'
import { addRows } from './add-rows.ts'
import { keyOf } from './dictionaries.ts'
import { newsOf, noteNews } from './note-news.ts'
import { statementsOf } from './signal-statements.ts'

/** Adds signals as part of the transaction that is open, or in one of their own. */
export function addSignals(
  sqlite: Sqlite.Database,
  batch: SignalBatch,
  order: Places,
  { isHistory = false }: SaveOptions,
): Counts {
  const rows = columnsOf(batch, order, (dictionary, name) => keyOf(sqlite, dictionary, name))
  fetchKnown(sqlite, rows)
  return writeRows(sqlite, rows, { isHistory, later: undefined })
}

export function writeRows(sqlite: Sqlite.Database, rows: SignalColumns, how: WriteOptions): Counts {
  const statements = statementsOf(sqlite)
  const write = () => {
    const isNews = new Uint8Array(rows.length)
    const counts = addRows(statements, rows, how, isNews)
    noteNews(statements, newsOf(rows, isNews))
    return counts
  }
  return sqlite.transaction(write).immediate()
}
