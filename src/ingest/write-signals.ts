import type { Connection } from '../store/engine/engine.ts'
import { inTransaction } from '../store/engine/transaction.ts'
import { slices } from '../store/slices.ts'
import { inKeyOrder } from '../store/sources/key-order.ts'
import { type Counts, type NewSignal, SIGNALS_PER_TRANSACTION, saveSignals } from '../store/sources/signals.ts'

export type WriteOptions = { readonly isHistory?: boolean; readonly size?: number }

/** Signals that were sent together, in a file or a request, in as many parts as they come in. */
export type SignalsTogether = {
  add(signals: readonly NewSignal[]): Promise<Counts>
  /** Writes the corrections, of which the last of each identity counts, however far apart they were. */
  end(): Promise<Counts>
  close(): void
}

/**
 * Sorts signals and saves them in transactions of `size`, so that nobody waits long; other work has its turn in
 * between. What is new is on the disk once `add` resolves, and all is once `end` does. When it fails, some slices may
 * be: the same again completes it.
 */
export function writeTogether(
  connection: Connection,
  { isHistory = false, size = SIGNALS_PER_TRANSACTION }: WriteOptions = {},
): SignalsTogether {
  const together = connection.engine.signals.openTogether()
  return {
    async add(signals) {
      let total = NOTHING
      for (const slice of slices(inKeyOrder(signals), size)) {
        total = sum(total, await saveSignals(connection, slice, { isHistory }, together))
        await othersTurn()
      }
      return total
    },
    async end() {
      for (let total = NOTHING; ; await othersTurn()) {
        const counts = await inTransaction(connection.db, db => together.writeCorrections(db, size, { isHistory }))
        if (counts === undefined) return total
        total = sum(total, counts)
      }
    },
    close: together.close,
  }
}

/** Signals that were sent together, all of them at once. */
export async function writeSignals(
  connection: Connection,
  signals: readonly NewSignal[],
  options: WriteOptions = {},
): Promise<Counts> {
  const { size = SIGNALS_PER_TRANSACTION, isHistory = false } = options
  if (signals.length <= size) return saveSignals(connection, signals, { isHistory })
  const together = writeTogether(connection, options)
  try {
    return sum(await together.add(signals), await together.end())
  } finally {
    together.close()
  }
}

const NOTHING: Counts = { added: 0, changed: 0, unchanged: 0 }

function sum(a: Counts, b: Counts): Counts {
  return { added: a.added + b.added, changed: a.changed + b.changed, unchanged: a.unchanged + b.unchanged }
}

function othersTurn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}
