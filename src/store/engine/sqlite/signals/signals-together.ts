import type Sqlite from 'better-sqlite3'
import type { SignalsTogether } from '../../engine.ts'
import { openLaterRows } from '../../signals/later-rows.ts'
import { columnsOfRows } from '../../signals/signal-columns.ts'
import { addSignals, writeRows } from './write-signals.ts'

export function openTogether(sqlite: Sqlite.Database): SignalsTogether {
  const later = openLaterRows()
  return {
    add: async (_, batch, order, options) => addSignals(sqlite, batch, order, options, later),
    takeCorrections: later.take,
    writeCorrections: async (_, rows, { isHistory = false }) =>
      writeRows(sqlite, columnsOfRows(rows), { isHistory, later: undefined }),
    close: later.close,
  }
}
