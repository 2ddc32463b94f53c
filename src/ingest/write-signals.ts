import { openLaterRows } from '../store/digests/later-rows.ts'
import type { Connection } from '../store/engine/sqlite/database.ts'
import type { SignalRow } from '../store/engine/sqlite/signal-statements.ts'
import { slices } from '../store/engine/sqlite/slices.ts'
import {
  type Counts,
  inKeyOrder,
  type NewSignal,
  type SaveOptions,
  SIGNALS_PER_TRANSACTION,
  saveRows,
  saveSignals,
} from '../store/sources/signals.ts'

/** Saves a slice of signals. */
export type SignalWriter = (
  connection: Connection,
  signals: readonly NewSignal[],
  options: SaveOptions,
) => Promise<Counts>

export type WriteOptions = { readonly isHistory?: boolean; readonly write?: SignalWriter; readonly size?: number }

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
  { isHistory = false, write = saveSignals, size = SIGNALS_PER_TRANSACTION }: WriteOptions = {},
): SignalsTogether {
  const later = openLaterRows()
  return {
    async add(signals) {
      let total = NOTHING
      for (const slice of slices(inKeyOrder(signals), size)) {
        total = sum(total, await write(connection, slice, { isHistory, later }))
        await othersTurn()
      }
      return total
    },
    async end() {
      let [total, waiting]: [Counts, SignalRow[]] = [NOTHING, []]
      const save = async () => {
        const rows = waiting
        waiting = []
        const counts = connection.db.connection().execute(async () => saveRows(connection.sqlite, rows, { isHistory }))
        total = sum(total, await counts)
        await othersTurn()
      }
      for (const row of later.inKeyOrder()) {
        waiting.push(row)
        if (waiting.length === size) await save()
      }
      await save()
      return total
    },
    close: later.close,
  }
}

/** Signals that were sent together, all of them at once. */
export async function writeSignals(
  connection: Connection,
  signals: readonly NewSignal[],
  options: WriteOptions = {},
): Promise<Counts> {
  const { size = SIGNALS_PER_TRANSACTION, write = saveSignals, isHistory = false } = options
  if (signals.length <= size) return write(connection, signals, { isHistory })
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
