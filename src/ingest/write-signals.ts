import type { Connection } from '../store/database.ts'
import { type Counts, inKeyOrder, type NewSignal, SIGNALS_PER_TRANSACTION, saveSignals } from '../store/signals.ts'
import { slices } from '../store/slices.ts'

/** Saves a slice of signals. */
export type SignalWriter = (connection: Connection, signals: readonly NewSignal[]) => Promise<Counts>

/**
 * Sorts signals and saves them in transactions of `size`, so that nobody waits long; other work has its turn in
 * between. Once it resolves all of them are on the disk. When it fails, some slices may be: the same again mends it.
 */
export async function writeSignals(
  connection: Connection,
  signals: readonly NewSignal[],
  write: SignalWriter = saveSignals,
  size = SIGNALS_PER_TRANSACTION,
): Promise<Counts> {
  const total = { added: 0, changed: 0, unchanged: 0 }
  for (const slice of slices(inKeyOrder(signals), size)) {
    const counts = await write(connection, slice)
    for (const outcome of ['added', 'changed', 'unchanged'] as const) total[outcome] += counts[outcome]
    await new Promise(resolve => setImmediate(resolve))
  }
  return total
}
