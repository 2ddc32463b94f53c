import type Sqlite from 'better-sqlite3'
import type { ObservedSignal, Signal } from '../../../../domain/sources/signal.ts'
import type { Instant } from '../../../../domain/time/instant.ts'
import type { Dictionary } from '../../signals/dictionary.ts'
import { OBSERVED_AT, RECEIVED_AT } from '../../signals/signal-times.ts'
import { weekOf } from '../../signals/week.ts'
import { prepared } from '../connection/prepared-statements.ts'

/** Metric, value, observed at, received at, id, source: as an array, since an object costs more than its row. */
type Row = [number, number, number, number, string, number]

/** An account's current signals up to an instant: one seek for each week since its first. For `+?` see the query compiler. */
export function readSignals(sqlite: Sqlite.Database, account: number, until: Instant): Signal[] {
  const { rows, metrics } = rowsOf<Row>(sqlite, WHOLE, account, until)
  return rows.map(signalWith(sqlite, metrics))
}

export function readObserved(sqlite: Sqlite.Database, account: number, until: Instant): ObservedSignal[] {
  const { rows, metrics } = rowsOf<[number, number, number, string]>(sqlite, OBSERVED, account, until)
  const metricOf = namesIn(sqlite, 'metrics', metrics)
  return rows.map(([metric, value, observedAt, id]) => ({ metric: metricOf(metric), value, observedAt, id }))
}

function rowsOf<Row>(sqlite: Sqlite.Database, statement: string, account: number, until: Instant) {
  const series = prepared<[number], [metric: number, name: string, firstAt: Instant]>(sqlite, SERIES, 'arrays').all(
    account,
  )
  const newest = prepared<[], number | null>(sqlite, 'SELECT max(week) FROM signals', 'values').get()
  const metrics = new Map(series.map(([metric, name]) => [metric, name]))
  if (series.length === 0 || newest == null) return { rows: [], metrics }
  const first = series.reduce((least, [, , firstAt]) => Math.min(least, firstAt), Infinity)
  const read = prepared<[number, number, number, number], Row>(sqlite, statement, 'arrays')
  return { rows: read.all(weekOf(first), Math.min(weekOf(until), newest), account, until), metrics }
}

const SERIES = `SELECT metric, metrics.name, series.first_at
  FROM series JOIN metrics ON metrics.key = series.metric WHERE account = +?`

const weekByWeek = (columns: string) => `WITH RECURSIVE weeks (week) AS (
    SELECT cast(? AS INTEGER) UNION ALL SELECT week + 1 FROM weeks WHERE week < +?)
  SELECT ${columns}
  FROM weeks CROSS JOIN signals ON signals.week = weeks.week WHERE account = +? AND ${OBSERVED_AT} <= +?`
const WHOLE = weekByWeek(`metric, value, ${OBSERVED_AT}, ${RECEIVED_AT}, id, source`)
const OBSERVED = weekByWeek(`metric, value, ${OBSERVED_AT}, id`)

/** What later corrections replaced. */
export function readEarlierVersions(sqlite: Sqlite.Database, account: number, until: Instant): Signal[] {
  const versions = `SELECT metric, value, observed_at, received_at, id, source
    FROM signal_versions WHERE account = ? AND observed_at <= ? ORDER BY version`
  return prepared<[number, number], Row>(sqlite, versions, 'arrays').all(account, until).map(signalWith(sqlite))
}

/** Makes signals of rows; each name is asked for once. */
function signalWith(sqlite: Sqlite.Database, metrics?: Map<number, string>): (row: Row) => Signal {
  const metricOf = namesIn(sqlite, 'metrics', metrics)
  const sourceOf = namesIn(sqlite, 'sources')
  return ([metric, value, observedAt, receivedAt, id, source]) => {
    return { metric: metricOf(metric), value, observedAt, receivedAt, id, source: sourceOf(source) }
  }
}

function namesIn(
  sqlite: Sqlite.Database,
  dictionary: Dictionary,
  known = new Map<number, string>(),
): (key: number) => string {
  const find = prepared<[number], string>(sqlite, `SELECT name FROM ${dictionary} WHERE key = ?`, 'values')
  return key => {
    const name = known.get(key) ?? find.get(key) ?? ''
    known.set(key, name)
    return name
  }
}
