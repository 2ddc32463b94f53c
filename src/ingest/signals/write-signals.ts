import { addCounts } from '../../store/counts.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { longTransaction } from '../../store/engine/long-transaction.ts'
import type { Places } from '../../store/engine/signals/batch-order.ts'
import type { SignalBatch } from '../../store/engine/signals/signal-batch.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { type Counts, SIGNALS_PER_TRANSACTION, saveBatch } from '../../store/sources/signals.ts'
import type { Db } from '../../store/tables.ts'

type WriteOptions = { readonly isHistory?: boolean; readonly size?: number }

/** Signals that belong together, in a file or a request, however many batches they come in. */
export type SignalsTogether = {
  /** Writes rows of a batch, which are in key order. */
  add(batch: SignalBatch, order: Places): Promise<Counts>
  /** Writes the corrections that waited: the last of each identity counts, however far apart they were. */
  end(): Promise<Counts>
  /** Keeps what was added, even if the input broke off. */
  close(): Promise<void>
}

/** Rows per transaction if no service runs: it would be held up for most of a second. */
const UNSERVED_SIZE = 250_000

/**
 * Saves signals in transactions of `size`, so that a running service waits at most 100 ms; other work gets its turn in
 * between. New rows are on disk once `add` resolves, and everything is once `end` does. If nobody can be held up, the
 * cost of a transaction is shared by several batches. After a failure some rows may be stored: loading again completes it.
 */
export function writeTogether(
  connection: Connection,
  { isHistory = false, size: wanted }: WriteOptions = {},
): SignalsTogether {
  const { db, engine } = connection
  const together = engine.signals.openTogether()
  const long = longTransaction(db, together.noteNews)
  const write = (db: Db, batch: SignalBatch, rows: Places) =>
    saveBatch({ ...connection, db }, batch, rows, { isHistory }, together)
  return {
    async add(batch, order) {
      const isServed = wanted === undefined && (await engine.isServed())
      if (wanted === undefined && !isServed && !engine.isShared) {
        return long.work(order.length, db => write(db, batch, order))
      }
      await long.end()
      const total = { ...NOTHING }
      const size = wanted ?? (isServed ? SIGNALS_PER_TRANSACTION : UNSERVED_SIZE)
      for (let start = 0; start < order.length; start += size) {
        const slice = order.subarray(start, start + size)
        const counts = await inTransaction(db, async db => {
          const counts = await write(db, batch, slice)
          await together.noteNews(db)
          return counts
        })
        addCounts(total, counts)
        await othersTurn()
      }
      return total
    },
    async end() {
      await long.end()
      for (const total = { ...NOTHING }; ; await othersTurn()) {
        const corrections = together.takeCorrections(wanted ?? SIGNALS_PER_TRANSACTION)
        if (corrections === undefined) return total
        const write = (db: Db) => together.writeCorrections(db, corrections, { isHistory })
        addCounts(total, await inTransaction(db, write))
      }
    },
    async close() {
      await long.end()
      together.close()
    },
  }
}

const NOTHING: Counts = { added: 0, changed: 0, unchanged: 0 }

function othersTurn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}
