import type Sqlite from 'better-sqlite3'
import type { Reach } from '../../../../domain/scoring/reach.ts'
import { gatherSignals } from '../../../../domain/scoring/readings/gathering.ts'
import type { SeriesReader } from '../../engine.ts'
import { blockOf } from '../../packs/block.ts'
import { blocksWorthAPack } from '../../packs/worth-a-pack.ts'
import { type KnownMetric, metricsReaching } from '../../signals/reached-weeks.ts'
import {
  type Batch,
  openBuffers,
  type Reached,
  readBatch,
  type SeriesSource,
  takePack,
} from '../../signals/series-pass.ts'
import { readPacks } from '../packs/stored-packs.ts'
import { newestSignals } from './newest-signals.ts'
import { reachedWeeks } from './reached-weeks.ts'
import { signalScan } from './signal-scan.ts'

/** Looks up once what stays the same from batch to batch. */
export function openSeries(sqlite: Sqlite.Database, reach: Reach): SeriesReader {
  const pass: Pass = { sqlite, reach, ...reachedWeeks(sqlite, reach), ...openBuffers() }
  const source: SeriesSource = {
    gather: (batch, most) => gather(pass, batch, most),
    lookUp: (accounts, note) => signalScan(sqlite).series(accounts, note),
    newest(missing) {
      const gathering = gatherSignals(missing.length)
      newestSignals(sqlite, missing, gathering.add)
      return gathering
    },
  }
  return (accounts, most) => readBatch(pass, source, accounts, most)
}

type Pass = Reached & { readonly sqlite: Sqlite.Database }

/** One pass over the windows, week by week, and in each week over the metrics whose windows reach it; false for too many rows. */
function gather(pass: Pass, batch: Batch, most: number): boolean {
  const { sqlite, firstWeek, lastWeek } = pass
  const blocks = blocksWorthAPack(batch.accounts)
  for (let week = firstWeek; week <= lastWeek; week += 1) {
    const wanted = metricsReaching(pass, week)
    const packs = readPacks(sqlite, week, blocks)
    for (const pack of packs.values()) takePack(pass, batch, wanted, pack)
    const rest = packs.size === 0 ? batch.accounts : batch.accounts.filter(account => !packs.has(blockOf(account)))
    // A scan of a range may meet blocks that were read from packs.
    const seriesOf: Batch['seriesOf'] = (account, metric) =>
      packs.has(blockOf(account)) ? -1 : batch.seriesOf(account, metric)
    if (rest.length > 0) takeRows(pass, { ...batch, seriesOf, accounts: rest }, wanted, week, most)
    if (pass.gathering.rows() > most) return false
  }
  return true
}

function takeRows(pass: Pass, batch: Batch, wanted: readonly KnownMetric[], week: number, most: number): void {
  const { accounts, seriesOf, isNewestSeen } = batch
  const { gathering } = pass
  const isAll = wanted.length === pass.metrics.length && !pass.hasOthers
  const keys = isAll ? undefined : wanted.map(({ key }) => key)
  signalScan(pass.sqlite).signals(accounts, week, keys, (account, metric, at, value, rank) => {
    const series = seriesOf(account, metric)
    if (series < 0 || gathering.rows() > most) return
    gathering.add(series, at, value, rank)
    if (at <= pass.reach.earliest) isNewestSeen[series] = 1
  })
}
