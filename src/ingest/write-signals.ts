import { addCounts } from '../store/counts.ts'
import type { Places } from '../store/engine/batch-order.ts'
import type { Connection } from '../store/engine/engine.ts'
import type { SignalBatch } from '../store/engine/signal-batch.ts'
import { inTransaction } from '../store/engine/transaction.ts'
import { type Counts, SIGNALS_PER_TRANSACTION, saveBatch } from '../store/sources/signals.ts'
import type { Db } from '../store/tables.ts'

type WriteOptions = { readonly isHistory?: boolean; readonly size?: number }

/** Signals that were sent together, in a file or a request, in as many batches as they come in. */
export type SignalsTogether = {
  /** Writes rows of a batch, which are in key order. */
  add(batch: SignalBatch, order: Places): Promise<Counts>
  /** Writes what waited: the corrections, of which the last of each identity counts, however far apart they were. */
  end(): Promise<Counts>
  close(): void
}

/** What costs once a transaction is paid once; a service would be held up for most of a second. */
const UNSERVED_SIZE = 250_000

/**
 * Saves signals in transactions of `size`, so that a service beside it waits at most 100 ms; other work has its turn in
 * between. What is new is on the disk once `add` resolves, and all is once `end` does. When it fails, some slices may be:
 * the same again completes it.
 */
export function writeTogether(
  connection: Connection,
  { isHistory = false, size: wanted }: WriteOptions = {},
): SignalsTogether {
  const { engine } = connection
  const together = engine.signals.openTogether()
  const sizeNow = async () => wanted ?? ((await engine.isServed()) ? SIGNALS_PER_TRANSACTION : UNSERVED_SIZE)
  return {
    async add(batch, order) {
      const total = { ...NOTHING }
      const size = await sizeNow()
      for (let start = 0; start < order.length; start += size) {
        const slice = order.subarray(start, start + size)
        addCounts(total, await saveBatch(connection, batch, slice, { isHistory }, together))
        await othersTurn()
      }
      return total
    },
    async end() {
      for (const total = { ...NOTHING }; ; await othersTurn()) {
        const corrections = together.takeCorrections(wanted ?? SIGNALS_PER_TRANSACTION)
        if (corrections === undefined) return total
        const write = (db: Db) => together.writeCorrections(db, corrections, { isHistory })
        addCounts(total, await inTransaction(connection.db, write))
      }
    },
    close: together.close,
  }
}

const NOTHING: Counts = { added: 0, changed: 0, unchanged: 0 }

function othersTurn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}
