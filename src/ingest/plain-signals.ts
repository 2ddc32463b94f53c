import { DAY } from '../domain/time/instant.ts'
import { placeIn, type SignalBatch } from '../store/engine/signal-batch.ts'
import { byteNames } from './cells/byte-names.ts'
import type { DotFacts } from './cells/numbers.ts'
import { plainDay, plainNumber, plainTime } from './cells/plain-cells.ts'
import { LONGEST_WORD } from './cells/values.ts'
import type { Csv } from './files/csv.ts'
import { plainLines } from './files/plain-lines.ts'
import { DEFAULT_SOURCE, type Reception } from './signals.ts'

/** All accounts are known before a file is read. */
export type FileReception = Reception & { readonly accounts: ReadonlyMap<string, number> }

/**
 * Puts signals into a batch straight from their bytes, as long as their rows are plain: names that passed the checks
 * before, a number, a time as programs write it. All others are for the reader of texts, which says the same of plain rows.
 */
export type PlainSignals = {
  /** Where the first row begins that is not plain, and how many were. */
  take(batch: SignalBatch, bytes: Uint8Array, from: number): { readonly next: number; readonly rows: number }
  /** Names that passed the checks, by their places in the batch. */
  learn(batch: SignalBatch, metric: number, source: number): void
}

/** Undefined for a file that has no plain rows. */
export function plainSignals(
  csv: Pick<Csv, 'names' | 'delimiter'>,
  numbers: DotFacts,
  { accounts, now, isHistory = false }: FileReception,
): PlainSignals | undefined {
  const lines = plainLines(csv.delimiter, csv.names.length)
  if (lines === undefined || !numbers.hasDots) return undefined
  const [accountNames, metricNames, sourceNames] = [byteNames(), byteNames(), byteNames()]
  for (const [id, key] of accounts) accountNames.add(id, key)
  const columns = ['account_id', 'metric', 'value', 'observed_at', 'source', 'id'].map(name => csv.names.indexOf(name))
  const [accountAt = -1, metricAt = -1, valueAt = -1, timeAt = -1, sourceAt = -1, idAt = -1] = columns
  const { ends } = lines
  const startOf = (cell: number, line: number) => (cell === 0 ? line : (ends[cell - 1] ?? 0) + 1)

  function read(batch: SignalBatch, bytes: Uint8Array, line: number): boolean {
    const account = accountNames.find(bytes, startOf(accountAt, line), ends[accountAt] ?? 0)
    const metric = metricNames.find(bytes, startOf(metricAt, line), ends[metricAt] ?? 0)
    if (account === -1 || metric === -1) return false
    const value = plainNumber(bytes, startOf(valueAt, line), ends[valueAt] ?? 0, numbers.isDotSure)
    const day = plainDay(bytes, startOf(timeAt, line))
    const time = plainTime(bytes, startOf(timeAt, line) + 10, ends[timeAt] ?? 0)
    const source = sourceOf(batch, bytes, line)
    const id = idIn(bytes, line)
    if (source === -1 || id === undefined || Number.isNaN(value + day + time)) return false
    const untilNow = now - (day * DAY + time)
    const place = placeIn(batch)
    batch.account[place] = account
    batch.metric[place] = metric
    batch.source[place] = source
    batch.week[place] = Math.floor(day / 7)
    batch.time[place] = (day - Math.floor(day / 7) * 7) * DAY + time
    batch.value[place] = value
    batch.delay[place] = isHistory ? Math.min(0, untilNow) : untilNow
    batch.id[place] = id
    return true
  }

  function sourceOf(batch: SignalBatch, bytes: Uint8Array, line: number): number {
    const start = sourceAt === -1 ? 0 : startOf(sourceAt, line)
    const end = sourceAt === -1 ? 0 : (ends[sourceAt] ?? 0)
    return start === end ? batch.sources.placeOf(DEFAULT_SOURCE) : sourceNames.find(bytes, start, end)
  }

  /** Undefined where it needs a second look. */
  function idIn(bytes: Uint8Array, line: number): string | undefined {
    if (idAt === -1) return ''
    const [start, end] = [startOf(idAt, line), ends[idAt] ?? 0]
    if (start === end) return ''
    if (end - start > LONGEST_WORD || bytes[start] === BLANK || bytes[end - 1] === BLANK) return undefined
    let id = ''
    for (let at = start; at < end; at += 1) {
      if (bytes[at] === PLUS) return undefined
      id += String.fromCharCode(bytes[at] ?? 0)
    }
    return id
  }

  return {
    take(batch, bytes, from) {
      let [next, rows] = [from, 0]
      for (;;) {
        const end = lines.read(bytes, next)
        if (end === -1 || !read(batch, bytes, next)) return { next, rows }
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

const [BLANK, PLUS] = [32, 43]
