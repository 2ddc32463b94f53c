import type { Connection, Counts, SaveOptions, SignalSink } from '../engine/engine.ts'
import { inKeyOrder, type Places } from '../engine/signals/batch-order.ts'
import { batchOf, type NewSignal, type SignalBatch } from '../engine/signals/signal-batch.ts'
import { inTransaction } from '../engine/transaction.ts'
import { countReceived } from './source-counts.ts'

export type { Counts, SaveOptions } from '../engine/engine.ts'
export type { NewSignal } from '../engine/signals/signal-batch.ts'

/** More would keep other writers waiting for longer than 100 ms. */
export const SIGNALS_PER_TRANSACTION = 10_000

/**
 * Adds signals in a transaction of their own, once no other one is open on this connection. When it resolves, they are
 * on disk. At most SIGNALS_PER_TRANSACTION at a time.
 */
export function saveSignals(
  connection: Connection,
  signals: readonly NewSignal[],
  options: SaveOptions = {},
): Promise<Counts> {
  const batch = batchOf(signals)
  return saveBatch(connection, batch, inKeyOrder(batch), options)
}

/** The same for some rows of a batch, in key order. */
export function saveBatch(
  { db, engine }: Connection,
  batch: SignalBatch,
  order: Places,
  options: SaveOptions = {},
  sink: SignalSink = engine.signals,
): Promise<Counts> {
  return inTransaction(db, async db => {
    const counts = await sink.add(db, batch, order, options)
    await countReceived(db, batch, order)
    return counts
  })
}

/**
 * Adds signals, all or none, as part of the transaction that is open on this connection, or in one of their own. The
 * same identity with another value is a correction; of several rows of one identity, the last one counts.
 */
export function addSignals(
  { db, engine }: Pick<Connection, 'db' | 'engine'>,
  signals: readonly NewSignal[],
  options: SaveOptions = {},
): Promise<Counts> {
  const batch = batchOf(signals)
  return engine.signals.add(db, batch, inKeyOrder(batch), options)
}
