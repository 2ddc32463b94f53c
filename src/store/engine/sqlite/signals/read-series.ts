import type Sqlite from 'better-sqlite3'
import { type Gathering, gatherSignals, inColumns } from '../../../../domain/scoring/columns.ts'
import type { Reach } from '../../../../domain/scoring/reach.ts'
import type { AccountKeys } from '../../account-keys.ts'
import { blockOf } from '../../block.ts'
import type { SeriesBatch, SeriesReader } from '../../engine.ts'
import { weekOf, weekStart } from '../../week.ts'
import type { Pack } from '../packs/pack.ts'
import { blocksWorthAPack, readPacks } from '../packs/stored-packs.ts'
import { placesOf } from './key-places.ts'
import { type MissingSeries, newestSignals } from './newest-signals.ts'
import { type KnownMetric, type ReachedWeeks, reachedWeeks } from './reached-weeks.ts'
import { signalScan } from './signal-scan.ts'

/** Looks up once what stays the same from batch to batch. */
export function openSeries(sqlite: Sqlite.Database, reach: Reach): SeriesReader {
  const pass: Pass = { sqlite, reach, ...reachedWeeks(sqlite, reach) }
  return async (accounts, most) => readBatch(pass, accounts, most)
}

type Pass = ReachedWeeks & { readonly sqlite: Sqlite.Database; readonly reach: Reach }

/** Where what is read goes: series that nobody asks about are -1. */
type Batch = {
  readonly accounts: AccountKeys
  readonly seriesOf: (account: number, metric: number) => number
  readonly gathering: Gathering
  /** Of each series, whether a signal at or before the earliest instant was met. */
  readonly isNewestSeen: Uint8Array
}

function readBatch(pass: Pass, accounts: AccountKeys, most: number): SeriesBatch | undefined {
  const width = pass.reach.metrics.size
  const rowOf = placesOf(accounts)
  const columnOf = placesOf(pass.metrics.map(({ key }) => key))
  const seriesOf = (account: number, metric: number) => {
    const row = rowOf(account)
    const column = columnOf(metric)
    return row === undefined || column === undefined ? -1 : row * width + (pass.metrics[column]?.place ?? 0)
  }
  const firstAt = new Float64Array(accounts.length * width).fill(Infinity)
  const newestAt = new Float64Array(firstAt.length)
  signalScan(pass.sqlite).series(accounts, (account, metric, first, newest) => {
    const series = seriesOf(account, metric)
    if (series < 0) return
    firstAt[series] = first
    newestAt[series] = newest
  })
  const batch = { accounts, seriesOf, gathering: gatherSignals(), isNewestSeen: new Uint8Array(firstAt.length) }
  if (!gather(pass, batch, accounts.length > 1 ? most : Infinity)) return undefined
  const before = newestSignals(pass.sqlite, seriesWithoutNewest(pass, batch, { firstAt, newestAt }))
  return { columns: inColumns(firstAt.length, [before, batch.gathering]), firstAt }
}

/** One pass over the windows, week by week, and in each week over the metrics whose windows reach it; false for too many rows. */
function gather(pass: Pass, batch: Batch, most: number): boolean {
  const { sqlite, metrics, firstWeek, lastWeek } = pass
  const blocks = blocksWorthAPack(batch.accounts)
  for (let week = firstWeek; week <= lastWeek; week += 1) {
    const wanted = metrics.filter(({ allAfter, newestAfter }) => Math.min(allAfter, newestAfter) < weekStart(week + 1))
    const packs = readPacks(sqlite, week, blocks)
    for (const pack of packs.values()) takePack(pass, batch, wanted, pack)
    const rest = packs.size === 0 ? batch.accounts : batch.accounts.filter(account => !packs.has(blockOf(account)))
    // What is scanned as one range may include blocks that were packed.
    const seriesOf: Batch['seriesOf'] = (account, metric) =>
      packs.has(blockOf(account)) ? -1 : batch.seriesOf(account, metric)
    if (rest.length > 0) takeRows(pass, { ...batch, seriesOf, accounts: rest }, wanted, week, most)
    if (batch.gathering.rows() > most) return false
  }
  return true
}

function takePack({ reach }: Pass, batch: Batch, wanted: readonly KnownMetric[], pack: Pack): void {
  const { seriesOf, gathering, isNewestSeen } = batch
  const keys = new Set(wanted.map(({ key }) => key))
  let row = 0
  for (let run = 0; run < pack.count.length; run += 1) {
    const stop = row + (pack.count[run] ?? 0)
    const metric = pack.metric[run] ?? 0
    const series = keys.has(metric) ? seriesOf(pack.account[run] ?? 0, metric) : -1
    if (series < 0) {
      row = stop
      continue
    }
    if ((pack.at[row] ?? 0) <= reach.earliest) isNewestSeen[series] = 1
    for (; row < stop; row += 1) gathering.add(series, pack.at[row] ?? 0, pack.value[row] ?? 0, pack.rank[row] ?? 0)
  }
}

function takeRows(pass: Pass, batch: Batch, wanted: readonly KnownMetric[], week: number, most: number): void {
  const { accounts, seriesOf, gathering, isNewestSeen } = batch
  const isAll = wanted.length === pass.metrics.length && !pass.hasOthers
  const keys = isAll ? undefined : wanted.map(({ key }) => key)
  signalScan(pass.sqlite).signals(accounts, week, keys, (account, metric, at, value, rank) => {
    const series = seriesOf(account, metric)
    if (series < 0 || gathering.rows() > most) return
    gathering.add(series, at, value, rank)
    if (at <= pass.reach.earliest) isNewestSeen[series] = 1
  })
}

/** Where the newest signal is asked for, and lies before all that was scanned. */
function seriesWithoutNewest(
  { metrics, reach, firstWeek }: Pass,
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
