import type Sqlite from 'better-sqlite3'
import type { Places } from '../../batch-order.ts'
import type { Counts, SaveOptions } from '../../engine.ts'
import type { SignalBatch } from '../../signal-batch.ts'
import type { How } from '../../signals/how.ts'
import { columnsOf, type SignalColumns } from '../../signals/signal-columns.ts'
import { fetchKnown } from '../dry-run.ts'
import { type Added, addRows } from './add-rows.ts'
import { keyOf } from './dictionaries.ts'
import { noteNews } from './note-news.ts'
import { statementsOf } from './signal-statements.ts'

/** Adds signals as part of the transaction that is open, else in one of their own. */
export function addSignals(
  sqlite: Sqlite.Database,
  batch: SignalBatch,
  order: Places,
  { isHistory = false }: SaveOptions,
): Counts {
  return writeRows(sqlite, rowsOf(sqlite, batch, order), { isHistory, later: undefined })
}

/** The same in the transaction that is open; its news is still to be noted. */
export function addToTransaction(sqlite: Sqlite.Database, batch: SignalBatch, order: Places, how: How): Added {
  return addRows(statementsOf(sqlite), rowsOf(sqlite, batch, order), how)
}

export function writeRows(sqlite: Sqlite.Database, rows: SignalColumns, how: How): Counts {
  const statements = statementsOf(sqlite)
  const write = () => {
    const { counts, news } = addRows(statements, rows, how)
    noteNews(statements, news)
    return counts
  }
  return sqlite.transaction(write).immediate()
}

function rowsOf(sqlite: Sqlite.Database, batch: SignalBatch, order: Places): SignalColumns {
  const rows = columnsOf(batch, order, (dictionary, name) => keyOf(sqlite, dictionary, name))
  fetchKnown(sqlite, rows)
  return rows
}
