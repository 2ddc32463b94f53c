import type { Signal } from '../../domain/sources/signal.ts'
import type { Connection } from '../engine/sqlite/database.ts'
import { keyOf } from '../engine/sqlite/dictionaries.ts'
import { addRows, type Counts, type SaveOptions } from '../engine/sqlite/signal-rows.ts'
import { type SignalRow, statementsOf } from '../engine/sqlite/signal-statements.ts'
import { weekOf } from '../engine/sqlite/week.ts'
import { countReceived } from './source-counts.ts'

export type { Counts, SaveOptions } from '../engine/sqlite/signal-rows.ts'

/** A signal of the account with this key. */
export type NewSignal = Signal & { readonly account: number }

/** More would keep other writers waiting for longer than 100 ms. */
export const SIGNALS_PER_TRANSACTION = 10_000

/**
 * Adds signals when nobody else is in the middle of a transaction on this connection, in one of their own: once it
 * resolves they are on the disk. At most SIGNALS_PER_TRANSACTION at a time.
 */
export function saveSignals(
  connection: Connection,
  signals: readonly NewSignal[],
  options?: SaveOptions,
): Promise<Counts> {
  return connection.db.connection().execute(async () => {
    const counts = addSignals(connection, signals, options)
    countReceived(connection, signals)
    return counts
  })
}

/**
 * Adds signals, all or none, as part of the transaction that is open on this connection, else in one of their own.
 * The same identity with another value is a correction; of several rows of one identity the last one counts.
 */
export function addSignals({ sqlite }: Connection, signals: readonly NewSignal[], options: SaveOptions = {}): Counts {
  const rows = inKeyOrder(signals).map(
    ({ account, metric, observedAt, id, value, receivedAt, source }): SignalRow => ({
      week: weekOf(observedAt),
      account,
      metric: keyOf(sqlite, 'metrics', metric),
      observedAt,
      id,
      value,
      receivedAt,
      source: keyOf(sqlite, 'sources', source ?? ''),
    }),
  )
  return saveRows(sqlite, rows, options)
}

/** Adds rows that lie in key order, all or none. */
export function saveRows(
  sqlite: Connection['sqlite'],
  rows: readonly SignalRow[],
  { isHistory = false, later }: SaveOptions,
): Counts {
  const statements = statementsOf(sqlite)
  return sqlite.transaction(() => addRows(statements, rows, { isHistory, later })).immediate()
}

/** Sorted as they will lie in the database: writing them so is several times faster. */
export function inKeyOrder<T extends NewSignal>(signals: readonly T[]): T[] {
  return signals
    .map(signal => ({ week: weekOf(signal.observedAt), signal }))
    .sort((a, b) => a.week - b.week || inOrderOfSeries(a.signal, b.signal))
    .map(({ signal }) => signal)
}

function inOrderOfSeries(a: NewSignal, b: NewSignal): number {
  return a.account - b.account || compare(a.metric, b.metric) || a.observedAt - b.observedAt || compare(a.id, b.id)
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
