import type { Reach } from '../../../../domain/scoring/reach.ts'
import type { Db } from '../../../tables.ts'
import { type AccountKeys, isAmong } from '../../account-keys.ts'
import type { SeriesReader } from '../../engine.ts'
import { blockOf } from '../../packs/block.ts'
import { blocksWorthAPack } from '../../packs/worth-a-pack.ts'
import { metricsReaching } from '../../signals/reached-weeks.ts'
import {
  type Batch,
  type NoteSeries,
  openBuffers,
  type Reached,
  readBatch,
  type SeriesSource,
  takePack,
} from '../../signals/series-pass.ts'
import { weekStart } from '../../signals/week.ts'
import { readPacks } from '../packs/stored-packs.ts'
import { newestSignals } from './newest-signals.ts'
import { reachedWeeks } from './reached-weeks.ts'
import { readRows } from './read-rows.ts'

/** Looks up once what stays the same from batch to batch. */
export async function openSeries(db: Db, reach: Reach): Promise<SeriesReader> {
  const reached: Reached = { reach, ...(await reachedWeeks(db, reach)), ...openBuffers() }
  const source: SeriesSource = {
    gather: (batch, most) => gather(db, reached, batch, most),
    lookUp: (accounts, note) => lookUp(db, accounts, note),
    newest: missing => newestSignals(db, missing),
  }
  return (accounts, most) => readBatch(reached, source, accounts, most)
}

async function lookUp(db: Db, accounts: AccountKeys, note: NoteSeries): Promise<void> {
  if (accounts.length === 0) return
  const rows = await db.selectFrom('series').selectAll().where(isAmong('account', accounts)).execute()
  for (const row of rows) note(row.account, row.metric, row.first_at, row.newest_at)
}

/** One pass over the windows, week by week; false for too many rows. */
async function gather(db: Db, reached: Reached, batch: Batch, most: number): Promise<boolean> {
  const { metrics, firstWeek, lastWeek, reach, gathering } = reached
  const { accounts, seriesOf, isNewestSeen } = batch
  const packs = await readPacks(db, { first: firstWeek, last: lastWeek }, blocksWorthAPack(accounts))
  const isPacked = (week: number, account: number) => packs.get(week)?.has(blockOf(account)) === true
  const unpacked = weeks(firstWeek, lastWeek).filter(week => accounts.some(account => !isPacked(week, account)))
  const rows = await readRows(db, { accounts, weeks: unpacked, metrics: metrics.map(({ key }) => key), most })
  if (rows === undefined) return false
  let next = 0
  for (const week of weeks(firstWeek, lastWeek)) {
    const wanted = metricsReaching(reached, week)
    for (const pack of packs.get(week)?.values() ?? []) takePack(reached, batch, wanted, pack)
    for (; rows.week[next] === week; next += 1) {
      const account = rows.account[next] ?? 0
      const series = isPacked(week, account) ? -1 : seriesOf(account, rows.metric[next] ?? 0)
      if (series < 0) continue
      const at = weekStart(week) + (rows.time[next] ?? 0)
      gathering.add(series, at, rows.value[next] ?? 0, rows.rank[next] ?? 0)
      if (at <= reach.earliest) isNewestSeen[series] = 1
    }
    if (gathering.rows() > most) return false
  }
  return true
}

/** The key begins with the week: a list of weeks makes each a seek. */
function weeks(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at)
}
