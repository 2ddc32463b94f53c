import type { Reach } from '../../../domain/scoring/reach.ts'
import {
  type ColumnBuffers,
  columnBuffers,
  type Gathering,
  gatherSignals,
  inColumns,
} from '../../../domain/scoring/readings/gathering.ts'
import type { Instant } from '../../../domain/time/instant.ts'
import type { AccountKeys } from '../account-keys.ts'
import type { SeriesBatch } from '../engine.ts'
import { packFrom } from '../packs/pack.ts'
import { placesOf } from './key-places.ts'
import type { KnownMetric, ReachedWeeks } from './reached-weeks.ts'
import { weekOf, weekStart } from './week.ts'

/** What scoring looks at, on any database. */
export type Reached = ReachedWeeks & Buffers & { readonly reach: Reach }

/** Buffers that every batch is read into: allocating new ones each time would cost more than reading. */
type Buffers = {
  readonly gathering: Gathering
  /** Where packs are unpacked, one after the other. */
  readonly packBuffers: Float64Array[]
  /** Where the columns of a batch lie, until the next one is read. */
  readonly columnBuffers: ColumnBuffers
}

export function openBuffers(): Buffers {
  return { gathering: gatherSignals(), packBuffers: [], columnBuffers: columnBuffers() }
}

/** Where signals go: `seriesOf` is -1 for series that nobody asked about. */
export type Batch = {
  readonly accounts: AccountKeys
  readonly seriesOf: (account: number, metric: number) => number
  /** For each series, 1 if a signal at or before the earliest instant was found. */
  readonly isNewestSeen: Uint8Array
}

function seriesAmong({ reach, metrics }: Reached, accounts: AccountKeys): Batch['seriesOf'] {
  const rowOf = placesOf(accounts)
  const columnOf = placesOf(metrics.map(({ key }) => key))
  return (account, metric) => {
    const row = rowOf(account)
    const column = columnOf(metric)
    return row === undefined || column === undefined ? -1 : row * reach.metrics.size + (metrics[column]?.place ?? 0)
  }
}

/** How a database reads what scoring looks at. */
export type SeriesSource = {
  /** Reads the signals in the windows; false if there are more than `most`. */
  gather(batch: Batch, most: number): Awaitable<boolean>
  /** Reports when the series of these accounts were first and last observed. */
  lookUp(accounts: AccountKeys, note: NoteSeries): Awaitable<void>
  newest(missing: readonly MissingSeries[]): Awaitable<Gathering>
}

type Awaitable<T> = T | Promise<T>

export type NoteSeries = (account: number, metric: number, first: Instant, newest: Instant) => void

/** Reads a batch in one pass; a single account is read however much it holds. */
export async function readBatch(
  reached: Reached,
  source: SeriesSource,
  accounts: AccountKeys,
  most: number,
): Promise<SeriesBatch | undefined> {
  const size = accounts.length * reached.reach.metrics.size
  const batch = { accounts, seriesOf: seriesAmong(reached, accounts), isNewestSeen: new Uint8Array(size) }
  reached.gathering.clear()
  if (!(await source.gather(batch, accounts.length > 1 ? most : Infinity))) return undefined
  const firstAt = beginnings(reached, batch)
  const newestAt = new Float64Array(size)
  await source.lookUp(accountsToLookUp(reached, batch), (account, metric, first, newest) => {
    const series = batch.seriesOf(account, metric)
    if (series < 0) return
    firstAt[series] = first
    newestAt[series] = newest
  })
  const before = await source.newest(seriesWithoutNewest(reached, batch, { firstAt, newestAt }))
  return { columns: inColumns(size, [before, reached.gathering], reached.columnBuffers), firstAt }
}

/**
 * Accounts with a series of which no signal at or before the earliest instant was found: when it began says whether
 * there is one.
 */
function accountsToLookUp(
  { reach, metrics }: Reached,
  { accounts, isNewestSeen }: Pick<Batch, 'accounts' | 'isNewestSeen'>,
): AccountKeys {
  return accounts.filter((_, row) => metrics.some(({ place }) => isNewestSeen[row * reach.metrics.size + place] !== 1))
}

/** For each series, `earliest` if a signal by then was found, else Infinity. */
function beginnings({ reach: { earliest } }: Reached, { isNewestSeen }: Batch): Float64Array {
  const firstAt = new Float64Array(isNewestSeen.length)
  for (let series = 0; series < firstAt.length; series += 1) {
    firstAt[series] = isNewestSeen[series] === 1 ? earliest : Infinity
  }
  return firstAt
}

/** Gathers the signals of the wanted metrics from a pack. */
export function takePack(
  { reach, gathering, packBuffers }: Reached,
  { seriesOf, isNewestSeen }: Batch,
  wanted: readonly KnownMetric[],
  bytes: Uint8Array,
): void {
  const { account, metric, count, at, value, rank } = packFrom(bytes, packBuffers)
  const keys = new Set(wanted.map(({ key }) => key))
  const series = new Int32Array(count.length)
  let row = 0
  for (let run = 0; run < series.length; run += 1) {
    const of = keys.has(metric[run] ?? 0) ? seriesOf(account[run] ?? 0, metric[run] ?? 0) : -1
    if (of >= 0 && (at[row] ?? 0) <= reach.earliest) isNewestSeen[of] = 1
    series[run] = of
    row += count[run] ?? 0
  }
  if (areEqual(rank)) {
    gathering.addAll({ series, count: new Int32Array(count), at, value })
    return
  }
  row = 0
  for (const [run, of] of series.entries()) {
    const stop = row + (count[run] ?? 0)
    for (; row < stop; row += 1) if (of >= 0) gathering.add(of, at[row] ?? 0, value[row] ?? 0, rank[row] ?? 0)
  }
}

function areEqual(numbers: Float64Array): boolean {
  for (let at = 1; at < numbers.length; at += 1) if (numbers[at] !== numbers[0]) return false
  return true
}

/** A series whose newest signal is searched for, from a week back to an instant. */
export type MissingSeries = {
  readonly series: number
  readonly account: number
  readonly metric: number
  readonly lastWeek: number
  readonly after: Instant
}

/** Series whose newest signal is wanted and lies before the scanned weeks. */
function seriesWithoutNewest(
  { metrics, reach, firstWeek }: Reached,
  { accounts, isNewestSeen }: Batch,
  { firstAt, newestAt }: Record<'firstAt' | 'newestAt', Float64Array>,
): MissingSeries[] {
  const begin = weekStart(firstWeek)
  const asked = metrics.filter(({ newestAfter }) => newestAfter < begin)
  return accounts.flatMap((account, row) =>
    asked.flatMap(({ key: metric, place, newestAfter }) => {
      const series = row * reach.metrics.size + place
      const first = firstAt[series] ?? Infinity
      if (first >= begin || isNewestSeen[series] === 1) return []
      const lastWeek = Math.min(firstWeek - 1, weekOf(newestAt[series] ?? 0))
      return [{ series, account, metric, lastWeek, after: Math.max(first - 1, newestAfter) }]
    }),
  )
}
