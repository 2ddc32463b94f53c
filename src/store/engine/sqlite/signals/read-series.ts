import type Sqlite from 'better-sqlite3'
import { type Gathering, gatherSignals, inColumns } from '../../../../domain/scoring/columns.ts'
import type { MetricReach, Reach } from '../../../../domain/scoring/reach.ts'
import type { AccountKeys } from '../../account-keys.ts'
import type { SeriesBatch, SeriesReader } from '../../engine.ts'
import { weekOf, weekStart } from '../../week.ts'
import { prepared } from '../prepared-statements.ts'
import { type MissingSeries, newestSignals } from './newest-signals.ts'
import { signalScan } from './signal-scan.ts'

/** Looks up once what stays the same from batch to batch. */
export function openSeries(sqlite: Sqlite.Database, reach: Reach): SeriesReader {
  const metrics = knownMetrics(sqlite, reach)
  const pass: Pass = { sqlite, reach, metrics, ...weeksOf(sqlite, reach, metrics) }
  return async (accounts, most) => readBatch(pass, accounts, most)
}

/** A metric of which there is any signal; `place` counts all that are looked at. */
type KnownMetric = MetricReach & { readonly key: number; readonly place: number }

type Pass = {
  readonly sqlite: Sqlite.Database
  readonly reach: Reach
  readonly metrics: readonly KnownMetric[]
  readonly firstWeek: number
  readonly lastWeek: number
  /** Whether signals are stored of metrics that nobody looks at. */
  readonly hasOthers: boolean
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
  signalScan(pass.sqlite).series(accounts, (account, metric, first) => {
    const series = seriesOf(account, metric)
    if (series >= 0) firstAt[series] = first
  })
  const isNewestSeen = new Uint8Array(firstAt.length)
  const gathered = gather(pass, accounts, accounts.length > 1 ? most : Infinity, seriesOf, isNewestSeen)
  if (gathered === undefined) return undefined
  const missing = seriesWithoutNewest(pass, accounts, firstAt, isNewestSeen)
  const before = newestSignals(pass.sqlite, missing, pass.firstWeek - 1)
  return { columns: inColumns(firstAt.length, [before, gathered]), firstAt }
}

/** One pass over the windows, week by week, and in each week over the metrics whose windows reach it. */
function gather(
  { sqlite, reach, metrics, firstWeek, lastWeek, hasOthers }: Pass,
  accounts: AccountKeys,
  most: number,
  seriesOf: (account: number, metric: number) => number,
  isNewestSeen: Uint8Array,
): Gathering | undefined {
  const scan = signalScan(sqlite)
  const gathering = gatherSignals()
  for (let week = firstWeek; week <= lastWeek; week += 1) {
    const wanted = metrics.filter(({ allAfter, newestAfter }) => Math.min(allAfter, newestAfter) < weekStart(week + 1))
    const isAll = wanted.length === metrics.length && !hasOthers
    const keys = isAll ? undefined : wanted.map(({ key }) => key)
    scan.signals(accounts, week, keys, (account, metric, at, value, rank) => {
      const series = seriesOf(account, metric)
      if (series < 0 || gathering.rows() > most) return
      gathering.add(series, at, value, rank)
      if (at <= reach.earliest) isNewestSeen[series] = 1
    })
    if (gathering.rows() > most) return undefined
  }
  return gathering
}

/** Where the newest signal is asked for, and lies before all that was scanned. */
function seriesWithoutNewest(
  { metrics, reach, firstWeek }: Pass,
  accounts: AccountKeys,
  firstAt: Float64Array,
  isNewestSeen: Uint8Array,
): MissingSeries[] {
  const begin = weekStart(firstWeek)
  const asked = metrics.filter(({ newestAfter }) => newestAfter < begin)
  return accounts.flatMap((account, row) =>
    asked.flatMap(({ key: metric, place, newestAfter }) => {
      const series = row * reach.metrics.size + place
      const first = firstAt[series] ?? Infinity
      if (first >= begin || isNewestSeen[series] === 1) return []
      return [{ series, account, metric, after: Math.max(first - 1, newestAfter) }]
    }),
  )
}

/** Scanned weeks where only the newest signal is ever asked for: most report more often. */
const WEEKS_FOR_NEWEST = 4

function weeksOf(sqlite: Sqlite.Database, { until, earliest }: Reach, metrics: readonly KnownMetric[]) {
  const stored = prepared<[], { first: number | null; last: number | null; metrics: number }>(
    sqlite,
    `SELECT (SELECT min(week) FROM signals) AS first, (SELECT max(week) FROM signals) AS last,
      (SELECT count(*) FROM metrics) AS metrics`,
  ).get()
  const after = metrics.reduce((least, { allAfter }) => Math.min(least, allAfter), Infinity)
  const from = after === Infinity ? weekOf(earliest) - WEEKS_FOR_NEWEST : weekOf(after)
  return {
    firstWeek: Math.max(stored?.first ?? 0, from),
    lastWeek: metrics.length === 0 ? -Infinity : Math.min(stored?.last ?? -Infinity, weekOf(until)),
    hasOthers: stored !== undefined && stored.metrics > metrics.length,
  }
}

function knownMetrics(sqlite: Sqlite.Database, { metrics }: Reach): KnownMetric[] {
  const find = prepared<[string], number>(sqlite, 'SELECT key FROM metrics WHERE name = ?', 'values')
  return [...metrics].flatMap(([name, reach], place) => {
    const key = find.get(name)
    return key === undefined ? [] : [{ ...reach, key, place }]
  })
}

/** The place of each of these keys among them: an array where they lie close together, which is asked fastest. */
function placesOf(keys: readonly number[]): (key: number) => number | undefined {
  const [least, most] = [Math.min(...keys), Math.max(...keys)]
  if (!(most - least < 4 * keys.length)) {
    const places = new Map(keys.map((key, place) => [key, place]))
    return key => places.get(key)
  }
  const places: (number | undefined)[] = Array.from({ length: most - least + 1 }, () => undefined)
  for (const [place, key] of keys.entries()) places[key - least] = place
  return key => places[key - least]
}
