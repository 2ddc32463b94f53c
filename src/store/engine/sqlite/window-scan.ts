import type Sqlite from 'better-sqlite3'
import { lostIn } from '../../../domain/number.ts'
import { EMPTY, type Summary, type Window } from '../../../domain/scoring/window.ts'
import type { Instant } from '../../../domain/time/instant.ts'
import type { KeyRange } from '../engine.ts'
import { OBSERVED_AT } from '../signal-times.ts'
import { weekOf } from '../week.ts'

/**
 * Fills windows for a range of accounts in one pass over their signals: the database drives, and hands each row to a
 * function of ours without making an object of it. Gives the summary of any of the windows, for any of the accounts.
 */
export function scanWindows(
  sqlite: Sqlite.Database,
  accounts: KeyRange,
  windows: readonly Window[],
): (account: number, window: Window) => Summary | undefined {
  const metrics = new Map(
    sqlite
      .prepare<[], { key: number; name: string }>('SELECT key, name FROM metrics')
      .all()
      .map(({ key, name }) => [name, key]),
  )
  const size = accounts.last - accounts.first + 1
  const byMetric: Cells[][] = []
  const cellsOf = (metric: number | undefined, { after, until }: Window) =>
    metric === undefined ? undefined : byMetric[metric]?.find(cells => cells.until === until && cells.after === after)
  for (const window of windows) {
    const metric = metrics.get(window.metric)
    if (metric === undefined || cellsOf(metric, window) !== undefined) continue
    const same = byMetric[metric]
    if (same === undefined) byMetric[metric] = [emptyCells(window, size)]
    else same.push(emptyCells(window, size))
  }
  if (size > 0 && byMetric.length > 0) collect(sqlite, accounts, windows, byMetric)
  return (account, window) => {
    const metric = metrics.get(window.metric)
    const found = cellsOf(metric, window)
    if (found !== undefined) return summaryIn(found, account - accounts.first)
    return metric === undefined ? EMPTY : undefined
  }
}

/** One window of many accounts, in the dense order of their keys. */
type Cells = {
  readonly after: Instant
  readonly until: Instant
  readonly count: Uint32Array
  readonly sum: Float64Array
  /** What rounding took away from the sum. */
  readonly lost: Float64Array
  readonly min: Float64Array
  readonly max: Float64Array
  readonly newestAt: Float64Array
  readonly newestRank: Float64Array
  readonly newestValue: Float64Array
}

function emptyCells({ after, until }: Window, size: number): Cells {
  return {
    after,
    until,
    count: new Uint32Array(size),
    sum: new Float64Array(size),
    lost: new Float64Array(size),
    min: new Float64Array(size).fill(Infinity),
    max: new Float64Array(size).fill(-Infinity),
    newestAt: new Float64Array(size).fill(-Infinity),
    newestRank: new Float64Array(size),
    newestValue: new Float64Array(size),
  }
}

function summaryIn(cells: Cells, index: number): Summary {
  const count = cells.count[index] ?? 0
  if (count === 0) return EMPTY
  return {
    count,
    sum: (cells.sum[index] ?? 0) + (cells.lost[index] ?? 0),
    min: cells.min[index] ?? 0,
    max: cells.max[index] ?? 0,
    newestAt: cells.newestAt[index] ?? 0,
    newestValue: cells.newestValue[index] ?? 0,
  }
}

/** As src/domain/sources/signal-tie.ts ranks ids; most are empty, and the first comparison settles them. */
const TIE_RANK = `CASE WHEN id < '~' THEN 0 WHEN id >= char(127) THEN 1e308
  WHEN id GLOB '~[1-9]*' AND id NOT GLOB '~*[^0-9]*' THEN CAST(substr(id, 2) AS REAL) ELSE 0 END`

function collect(
  sqlite: Sqlite.Database,
  { first, last }: KeyRange,
  windows: readonly Window[],
  byMetric: Cells[][],
): void {
  sqlite.function(
    'rounds_collect',
    { directOnly: true },
    (account: number, metric: number, at: number, value: number, rank: number) => {
      const windowsOfMetric = byMetric[metric]
      if (windowsOfMetric !== undefined) {
        for (const cells of windowsOfMetric) addTo(cells, account - first, at, value, rank)
      }
      return null
    },
  )
  const range = weekRange(sqlite, windows)
  const scan = sqlite
    .prepare(
      `SELECT count(rounds_collect(account, metric, ${OBSERVED_AT}, value, ${TIE_RANK}))
       FROM signals WHERE week = ? AND account BETWEEN ? AND ?`,
    )
    .pluck()
  for (let week = range.from; week <= range.to; week += 1) scan.get(week, first, last)
}

/** Rows come in the order of time, then id: of the same instant and rank the later one is the newest. */
function addTo(cells: Cells, index: number, at: Instant, value: number, rank: number): void {
  if (at <= cells.after || at > cells.until) return
  const sum = cells.sum[index] ?? 0
  cells.count[index] = (cells.count[index] ?? 0) + 1
  cells.lost[index] = (cells.lost[index] ?? 0) + lostIn(sum, value)
  cells.sum[index] = sum + value
  if (value < (cells.min[index] ?? 0)) cells.min[index] = value
  if (value > (cells.max[index] ?? 0)) cells.max[index] = value
  if (at === cells.newestAt[index] && rank < (cells.newestRank[index] ?? 0)) return
  cells.newestAt[index] = at
  cells.newestRank[index] = rank
  cells.newestValue[index] = value
}

function weekRange(sqlite: Sqlite.Database, windows: readonly Window[]): { from: number; to: number } {
  const stored = sqlite
    .prepare<[], { first: number | null; last: number | null }>(
      'SELECT (SELECT min(week) FROM signals) AS first, (SELECT max(week) FROM signals) AS last',
    )
    .get()
  const after = windows.reduce((least, window) => Math.min(least, window.after), Infinity)
  const until = windows.reduce((most, window) => Math.max(most, window.until), -Infinity)
  if (stored?.first == null || stored.last === null) return { from: 0, to: -1 }
  return { from: Math.max(stored.first, weekOf(after)), to: Math.min(stored.last, weekOf(until)) }
}
