import type Sqlite from 'better-sqlite3'
import { inKeyOrder } from '../../sources/key-order.ts'
import type { Counts, NewSignal, SaveOptions } from '../engine.ts'
import { timeInWeek, weekOf } from '../week.ts'
import { keysOf } from './dictionaries.ts'
import { fetchKnown } from './dry-run.ts'
import { addRows, type How, type LaterRows } from './signal-rows.ts'
import { type SignalRow, statementsOf } from './signal-statements.ts'

/** Adds signals as part of the transaction that is open, else in one of their own. */
export function addSignals(
  sqlite: Sqlite.Database,
  signals: readonly NewSignal[],
  { isHistory = false }: SaveOptions,
  later?: LaterRows,
): Counts {
  fetchKnown(sqlite, signals)
  const keyOf = keysOf(sqlite)
  const rows = inKeyOrder(signals).map(
    ({ account, metric, observedAt, id, value, receivedAt, source }): SignalRow => ({
      week: weekOf(observedAt),
      account,
      metric: keyOf('metrics', metric),
      time: timeInWeek(observedAt),
      id,
      value,
      delay: receivedAt - observedAt,
      source: keyOf('sources', source ?? ''),
    }),
  )
  return writeRows(sqlite, rows, { isHistory, later })
}

/** Rows that lie in key order. */
export function writeRows(sqlite: Sqlite.Database, rows: readonly SignalRow[], how: How): Counts {
  const statements = statementsOf(sqlite)
  return sqlite.transaction(() => addRows(statements, rows, how)).immediate()
}
