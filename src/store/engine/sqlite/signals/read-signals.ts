import type Sqlite from 'better-sqlite3'
import type { ObservedSignal, Signal } from '../../../../domain/sources/signal.ts'
import type { Instant } from '../../../../domain/time/instant.ts'
import type { MetricNames } from '../../engine.ts'
import type { Dictionary } from '../../signals/dictionary.ts'
import { OBSERVED_AT, RECEIVED_AT } from '../../signals/signal-times.ts'
import { weekOf } from '../../signals/week.ts'
import { prepared } from '../connection/prepared-statements.ts'

/**
 * Metric, value, observed at, received at, id, source. An array, since making an object costs more than reading the
 * row.
 */
type Row = [number, number, number, number, string, number]

/** An account's current signals up to an instant: one seek for each week since its first. For `+?` see the query compiler. */
export function readSignals(sqlite: Sqlite.Database, account: number, until: Instant): Signal[] {
  return rowsOf<Row>(sqlite, WHOLE, account, until).map(signalWith(sqlite))
}

export function readObserved(
  sqlite: Sqlite.Database,
  account: number,
  until: Instant,
  metrics: MetricNames,
): ObservedSignal[] {
  const rows = rowsOf<[number, number, number, string]>(sqlite, OBSERVED, account, until)
  return rows.map(([metric, value, observedAt, id]) => ({ metric: metrics.get(metric) ?? '', value, observedAt, id }))
}

function rowsOf<Row>(sqlite: Sqlite.Database, statement: string, account: number, until: Instant): Row[] {
  const [first, newest] =
    prepared<[number], [Instant | null, Instant | null]>(sqlite, SPAN, 'arrays').get(account) ?? []
  if (first == null || newest == null) return []
  const read = prepared<[number, number, number, number], Row>(sqlite, statement, 'arrays')
  return read.all(weekOf(first), weekOf(Math.min(until, newest)), account, until)
}

const SPAN = 'SELECT min(first_at), max(newest_at) FROM series WHERE account = +?'

const weekByWeek = (columns: string) => `WITH RECURSIVE weeks (week) AS (
    SELECT cast(? AS INTEGER) UNION ALL SELECT week + 1 FROM weeks WHERE week < +?)
  SELECT ${columns}
  FROM weeks CROSS JOIN signals ON signals.week = weeks.week WHERE account = +? AND ${OBSERVED_AT} <= +?`
const WHOLE = weekByWeek(`metric, value, ${OBSERVED_AT}, ${RECEIVED_AT}, id, source`)
const OBSERVED = weekByWeek(`metric, value, ${OBSERVED_AT}, id`)

/** Values that later corrections replaced. */
export function readEarlierVersions(sqlite: Sqlite.Database, account: number, until: Instant): Signal[] {
  const versions = `SELECT metric, value, observed_at, received_at, id, source
    FROM signal_versions WHERE account = ? AND observed_at <= ? ORDER BY version`
  return prepared<[number, number], Row>(sqlite, versions, 'arrays').all(account, until).map(signalWith(sqlite))
}

/** Turns rows into signals; asks for each name once. */
function signalWith(sqlite: Sqlite.Database): (row: Row) => Signal {
  const metricOf = namesIn(sqlite, 'metrics')
  const sourceOf = namesIn(sqlite, 'sources')
  return ([metric, value, observedAt, receivedAt, id, source]) => {
    return { metric: metricOf(metric), value, observedAt, receivedAt, id, source: sourceOf(source) }
  }
}

function namesIn(sqlite: Sqlite.Database, dictionary: Dictionary): (key: number) => string {
  const known = new Map<number, string>()
  const find = prepared<[number], string>(sqlite, `SELECT name FROM ${dictionary} WHERE key = ?`, 'values')
  return key => {
    const name = known.get(key) ?? find.get(key) ?? ''
    known.set(key, name)
    return name
  }
}
