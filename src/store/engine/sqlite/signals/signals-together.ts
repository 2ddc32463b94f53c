import type Sqlite from 'better-sqlite3'
import type { SignalsTogether } from '../../engine.ts'
import { openLaterRows } from './later-rows.ts'
import { columnsOfRows } from './signal-columns.ts'
import type { SignalRow } from './signal-row.ts'
import { addSignals, writeRows } from './write-signals.ts'

export function openTogether(sqlite: Sqlite.Database): SignalsTogether {
  const later = openLaterRows()
  let waiting: Iterator<SignalRow> | undefined
  return {
    add: async (_, batch, order, options) => addSignals(sqlite, batch, order, options, later),
    async writeCorrections(_, most, { isHistory = false }) {
      waiting ??= later.inKeyOrder()[Symbol.iterator]()
      const rows: SignalRow[] = []
      while (rows.length < most) {
        const next = waiting.next()
        if (next.done) break
        rows.push(next.value)
      }
      if (rows.length === 0) return undefined
      return writeRows(sqlite, columnsOfRows(rows), { isHistory, later: undefined })
    },
    close: later.close,
  }
}
