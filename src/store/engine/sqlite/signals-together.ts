import type Sqlite from 'better-sqlite3'
import type { SignalsTogether } from '../engine.ts'
import { openLaterRows } from './later-rows.ts'
import type { SignalRow } from './signal-statements.ts'
import { addSignals, writeRows } from './write-signals.ts'

export function openTogether(sqlite: Sqlite.Database): SignalsTogether {
  const later = openLaterRows()
  let waiting: Iterator<SignalRow> | undefined
  return {
    add: async (_, signals, options) => addSignals(sqlite, signals, options, later),
    async writeCorrections(_, most, { isHistory = false }) {
      waiting ??= later.inKeyOrder()[Symbol.iterator]()
      const rows: SignalRow[] = []
      while (rows.length < most) {
        const next = waiting.next()
        if (next.done) break
        rows.push(next.value)
      }
      return rows.length === 0 ? undefined : writeRows(sqlite, rows, { isHistory, later: undefined })
    },
    close: later.close,
  }
}
