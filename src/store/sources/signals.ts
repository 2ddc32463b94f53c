import type { Connection, Counts, NewSignal, SaveOptions, SignalSink } from '../engine/engine.ts'
import { inTransaction } from '../engine/transaction.ts'
import { countReceived } from './source-counts.ts'

export type { Counts, NewSignal, SaveOptions } from '../engine/engine.ts'

/** More would keep other writers waiting for longer than 100 ms. */
export const SIGNALS_PER_TRANSACTION = 10_000

/**
 * Adds signals when nobody else is in the middle of a transaction on this connection, in one of their own: once it
 * resolves they are on the disk. At most SIGNALS_PER_TRANSACTION at a time.
 */
export function saveSignals(
  { db, engine }: Connection,
  signals: readonly NewSignal[],
  options: SaveOptions = {},
  sink: SignalSink = engine.signals,
): Promise<Counts> {
  return inTransaction(db, async db => {
    const counts = await sink.add(db, signals, options)
    await countReceived(db, signals)
    return counts
  })
}

/**
 * Adds signals, all or none, as part of the transaction that is open on this connection, else in one of their own.
 * The same identity with another value is a correction; of several rows of one identity the last one counts.
 */
export function addSignals(
  { db, engine }: Pick<Connection, 'db' | 'engine'>,
  signals: readonly NewSignal[],
  options: SaveOptions = {},
): Promise<Counts> {
  return engine.signals.add(db, signals, options)
}
