import { names } from '../../store/engine/signals/names.ts'
import { openBatch, placeIn, put, type SignalBatch } from '../../store/engine/signals/signal-batch.ts'
import type { DotFacts, NumberReader } from '../cells/numbers.ts'
import { isRefusal } from '../cells/values.ts'
import type { Csv } from '../files/csv.ts'
import type { CsvRow, Reject } from '../files/records.ts'
import { type PlacedRow, rowsBeside } from '../files/rows-beside.ts'
import type { RefusedRow, RowsRead } from '../signals/numbering.ts'
import { type FileReception, type PlainSignals, plainSignals } from '../signals/plain-signals.ts'
import { signalInRow, unreadable } from '../signals/read-signal.ts'

/** Rows sorted together before they are written. */
const SORTED_TOGETHER = 250_000

/** Rejected rows are held as texts until the others are written. */
const MOST_REFUSED = 10_000

type SignalsRead = RowsRead & { readonly refused: readonly RefusedInFile[] }

type RefusedInFile = RefusedRow & { readonly row: CsvRow | Reject }

/** Reads the signals of a file; each batch is valid until the next is requested. */
export type SignalFile = {
  read(chunks?: AsyncIterable<Uint8Array>): AsyncGenerator<SignalsRead>
  /** The line on which each metric first appears, by its place. */
  readonly firstLines: readonly number[]
}

export function signalFile(
  csv: Csv,
  numbers: NumberReader & DotFacts,
  reception: FileReception,
  known: readonly string[],
  size = SORTED_TOGETHER,
): SignalFile {
  const [metrics, sources, firstLines]: [ReturnType<typeof names>, ReturnType<typeof names>, number[]] = [
    names(known),
    names(),
    [],
  ]
  const plain = csv.bytes === undefined ? undefined : plainSignals(csv, numbers, reception)

  async function* read(chunks = csv.bytes): AsyncGenerator<SignalsRead> {
    const batch = openBatch(metrics, sources)
    let refused: RefusedInFile[] = []
    for await (const rows of rowsOf(csv, plain, batch, chunks)) {
      for (const { row, place } of rows) {
        let read = readRow(row)
        if (read === undefined || isRefusal(read)) await numbers.settle()
        read ??= readRow(row)
        if (read === undefined) throw new Error('numbers stay unsettled')
        if (isRefusal(read)) refused.push({ place, row, read })
        else {
          put(batch, place, read)
          const metric = batch.metric[place] ?? 0
          firstLines[metric] ??= row.line
          plain?.learn(batch, metric, batch.source[place] ?? 0)
        }
      }
      if (batch.length < size && refused.length < MOST_REFUSED) continue
      yield { batch, refused }
      batch.length = 0
      refused = []
    }
    yield { batch, refused }
  }
  const readRow = (row: CsvRow | Reject) =>
    isRefusal(row) ? unreadable(row) : signalInRow(csv, row, reception, numbers)
  return { read, firstLines }
}

/** Rows that are read as text, each with its place in the batch; plain rows are in the batch already. */
async function* rowsOf(
  csv: Csv,
  plain: PlainSignals | undefined,
  batch: SignalBatch,
  chunks: AsyncIterable<Uint8Array> | undefined,
): AsyncGenerator<readonly PlacedRow[]> {
  const place = () => placeIn(batch)
  if (plain !== undefined && chunks !== undefined) {
    yield* rowsBeside(csv, chunks, { take: (bytes, from) => plain.take(batch, bytes, from), place })
    return
  }
  for await (const rows of csv.batches) yield rows.map(row => ({ row, place: place() }))
}
