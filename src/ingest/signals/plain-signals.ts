import { DAY } from '../../domain/time/instant.ts'
import { fill, placeIn, type SignalBatch } from '../../store/engine/signals/signal-batch.ts'
import { byteNames } from '../cells/byte-names.ts'
import type { DotFacts } from '../cells/numbers.ts'
import { afterLine, endOfCell, type OrdinaryBytes, ordinaryBytes } from '../cells/ordinary-bytes.ts'
import { plainDay, plainId, plainNumber, plainTime } from '../cells/plain-cells.ts'
import type { Csv } from '../files/csv.ts'
import { DEFAULT_SOURCE, type Reception, SIGNAL_COLUMNS } from './read-signal.ts'

/** All accounts are known before a file is read. */
export type FileReception = Reception & { readonly accounts: ReadonlyMap<string, number> }

/**
 * Puts signals into a batch straight from their bytes, as long as their rows are plain: names that passed the checks
 * before, a number, a time as programs write it. All others are for the reader of texts, which says the same of plain rows.
 */
export type PlainSignals = {
  /** Where the first row begins that is not plain, and how many plain rows came before. */
  take(batch: SignalBatch, bytes: Uint8Array, from: number): { readonly next: number; readonly rows: number }
  /** Names that passed the checks, by their places in the batch. */
  learn(batch: SignalBatch, metric: number, source: number): void
}

/** Undefined for a file that has no plain rows. */
export function plainSignals(
  csv: Pick<Csv, 'names' | 'delimiter'>,
  numbers: DotFacts,
  reception: FileReception,
): PlainSignals | undefined {
  const bytes = ordinaryBytes(csv.delimiter)
  return bytes && numbers.hasDots ? readerOf(bytes, csv, numbers, reception) : undefined
}

function readerOf(
  ordinary: OrdinaryBytes,
  csv: Pick<Csv, 'names' | 'delimiter'>,
  numbers: DotFacts,
  { accounts, now, isHistory = false }: FileReception,
): PlainSignals {
  const accountNames = byteNames(ordinary)
  const metricNames = byteNames(ordinary)
  const sourceNames = byteNames(ordinary)
  for (const [id, key] of accounts) accountNames.add(id, key)
  const separator = csv.delimiter.charCodeAt(0)
  const columns = csv.names.map(name => (SIGNAL_COLUMNS.known.includes(name) ? name : undefined))
  let unnamed = -1

  /** Where the next row begins; -1 where this one is not plain. */
  function read(batch: SignalBatch, bytes: Uint8Array, line: number): number {
    if (batch.sources.all[unnamed] !== DEFAULT_SOURCE) unnamed = batch.sources.placeOf(DEFAULT_SOURCE)
    let account = -1
    let metric = -1
    let source = unnamed
    let value = Number.NaN
    let day = Number.NaN
    let time = Number.NaN
    let id: string | undefined = ''
    let end = line - 1
    for (let column = 0; column < columns.length; column += 1) {
      if (column > 0 && bytes[end] !== separator) return -1
      const start = end + 1
      switch (columns[column]) {
        case 'account_id':
          account = accountNames.read(bytes, start)
          end = accountNames.end
          break
        case 'metric':
          metric = metricNames.read(bytes, start)
          end = metricNames.end
          break
        case 'value':
          end = endOfCell(ordinary, bytes, start)
          value = plainNumber(bytes, start, end, numbers.isDotSure)
          break
        case 'observed_at':
          day = plainDay(bytes, start)
          if (Number.isNaN(day)) return -1
          end = endOfCell(ordinary, bytes, start + 10)
          time = plainTime(bytes, start + 10, end)
          break
        case 'source':
          end = endOfCell(ordinary, bytes, start)
          if (end > start) source = sourceNames.read(bytes, start)
          break
        case 'id':
          end = endOfCell(ordinary, bytes, start)
          id = plainId(bytes, start, end)
          break
        default:
          end = endOfCell(ordinary, bytes, start)
      }
    }
    const next = afterLine(bytes, end)
    if (next === -1 || account === -1 || metric === -1 || source === -1 || id === undefined) return -1
    if (Number.isNaN(value + time)) return -1
    const observedAt = day * DAY + time
    const delay = isHistory ? Math.min(0, now - observedAt) : now - observedAt
    fill(batch, placeIn(batch), { account, metric, source, observedAt, value, delay, id })
    return next
  }

  return {
    take(batch, bytes, from) {
      let [next, rows] = [from, 0]
      for (;;) {
        const end = read(batch, bytes, next)
        if (end === -1) return { next, rows }
        next = end
        rows += 1
      }
    },
    learn(batch, metric, source) {
      metricNames.add(batch.metrics.all[metric] ?? '', metric)
      sourceNames.add(batch.sources.all[source] ?? '', source)
    },
  }
}
