import type Sqlite from 'better-sqlite3'
import type { Duration, Instant } from '../../../../domain/time/instant.ts'
import { areNeighbors } from '../../account-keys.ts'
import type { NoteSeries } from '../../signals/series-pass.ts'
import { weekStart } from '../../signals/week.ts'
import { prepared } from '../connection/prepared-statements.ts'

/** Calls a function of ours for each row, without making an object of it. For `+?` see the query compiler. */
export type SignalScan = {
  /** The signals of one week; `metrics` limits them to some metrics. */
  signals(accounts: readonly number[], week: number, metrics: readonly number[] | undefined, take: TakeSignal): void
  series(accounts: readonly number[], take: NoteSeries): void
}

/** `rank` orders signals of the same instant, as src/domain/sources/signal-tie.ts does. */
type TakeSignal = (account: number, metric: number, at: Instant, value: number, rank: number) => void

/** The rank of an id. */
export const TIE_RANK = `CASE WHEN id < '~' THEN 0 WHEN id >= char(127) THEN 1e308
  WHEN id GLOB '~[1-9]*' AND id NOT GLOB '~*[^0-9]*' THEN CAST(substr(id, 2) AS REAL) ELSE 0 END`

const scans = new WeakMap<Sqlite.Database, SignalScan>()

/** The scan of a connection, whose functions are registered once. */
export function signalScan(sqlite: Sqlite.Database): SignalScan {
  const scan = scans.get(sqlite) ?? openScan(sqlite)
  scans.set(sqlite, scan)
  return scan
}

function openScan(sqlite: Sqlite.Database): SignalScan {
  let takeSignal: TakeSignal = () => {}
  let takeSeries: NoteSeries = () => {}
  let start: Instant = 0
  // A number is the fastest result for the database.
  const signal: (...row: Parameters<TakeSignal>) => number = (account, metric, time, value, rank) => {
    takeSignal(account, metric, start + time, value, rank)
    return 1
  }
  const plain = (account: number, metric: number, time: Duration, value: number) =>
    signal(account, metric, time, value, 0)
  const series: (...row: Parameters<NoteSeries>) => number = (account, metric, firstAt, newestAt) => {
    takeSeries(account, metric, firstAt, newestAt)
    return 1
  }
  sqlite.function('rounds_signal', { directOnly: true }, plain)
  sqlite.function('rounds_ranked', { directOnly: true }, signal)
  sqlite.function('rounds_series', { directOnly: true }, series)

  const run = (sql: string, values: (number | string)[]) => prepared(sqlite, sql, 'values').get(...values)
  return {
    signals(accounts, week, metrics, take) {
      takeSignal = take
      start = weekStart(week)
      const { from, values } = among('signals', accounts)
      const ofMetrics = metrics === undefined ? '' : `AND metric IN (${metrics.join()})`
      run(
        `SELECT count(CASE WHEN id < '~' THEN rounds_signal(account, metric, time_in_week, signals.value)
           ELSE rounds_ranked(account, metric, time_in_week, signals.value, ${TIE_RANK}) END)
         FROM ${from} AND week = +? ${ofMetrics}`,
        [...values, week],
      )
    },
    series(accounts, take) {
      takeSeries = take
      const { from, values } = among('series', accounts)
      run(`SELECT count(rounds_series(account, metric, first_at, newest_at)) FROM ${from}`, values)
    },
  }
}

/** Accounts, by keys in ascending order: as one range where they are neighbors, else by a seek for each. */
function among(table: string, accounts: readonly number[]): { from: string; values: (number | string)[] } {
  const [first, last] = [accounts[0] ?? 0, accounts.at(-1) ?? -1]
  return areNeighbors(accounts)
    ? { from: `${table} WHERE account BETWEEN +? AND +?`, values: [first, last] }
    : {
        // The other columns of `json_each` have names that signals have too.
        from: `(SELECT value AS listed FROM json_each(+?)) CROSS JOIN ${table} WHERE account = listed`,
        values: [JSON.stringify(accounts)],
      }
}
