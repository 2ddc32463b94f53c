import type Sqlite from 'better-sqlite3'
import type { Counts, SignalsTogether } from '../engine.ts'
import { openLaterRows } from './later-rows.ts'
import { openSeriesNotes, writeSeries } from './series-notes.ts'
import { columnsOfRows } from './signal-columns.ts'
import type { SignalRow } from './signal-row.ts'
import { statementsOf } from './signal-statements.ts'
import { addSignals, writeRows } from './write-signals.ts'

export function openTogether(sqlite: Sqlite.Database): SignalsTogether {
  const [later, notes] = [openLaterRows(), openSeriesNotes()]
  let waiting: Iterator<SignalRow> | undefined
  return {
    add: async (_, batch, order, options) => addSignals(sqlite, batch, order, options, { later, notes }),
    async writeRest(_, most, { isHistory = false }) {
      waiting ??= later.inKeyOrder()[Symbol.iterator]()
      const rows: SignalRow[] = []
      while (rows.length < most) {
        const next = waiting.next()
        if (next.done) break
        rows.push(next.value)
      }
      if (rows.length > 0) {
        return writeRows(sqlite, columnsOfRows(rows), { isHistory, later: undefined, notes: undefined })
      }
      const grown = notes.takeGrown(most)
      if (grown.length === 0) return undefined
      writeSeries(statementsOf(sqlite), grown)
      return NOTHING
    },
    close: later.close,
  }
}

const NOTHING: Counts = { added: 0, changed: 0, unchanged: 0 }
