import type Sqlite from 'better-sqlite3'
import type { ObservedRow } from '../../../../domain/scoring/readings/history-in-order.ts'
import type { Signal } from '../../../../domain/sources/signal.ts'
import type { Instant } from '../../../../domain/time/instant.ts'
import type { ObservedSpan } from '../../engine.ts'
import type { Dictionary } from '../../signals/dictionary.ts'
import { OBSERVED_AT, RECEIVED_AT } from '../../signals/signal-times.ts'
import { weekOf, weekStart } from '../../signals/week.ts'
import { prepared } from '../connection/prepared-statements.ts'
import { newestSignals } from './newest-signals.ts'
import { TIE_RANK } from './signal-scan.ts'

/**
 * Metric, value, observed at, received at, id, source. An array, since making an object costs more than reading the
 * row.
 */
type Row = [number, number, number, number, string, number]

/** An account's current signals up to an instant. */
export function readSignals(sqlite: Sqlite.Database, account: number, until: Instant): Signal[] {
  const ends = endsOf(sqlite, account)
  return rowsOf<Row>(sqlite, WHOLE, account, ends, { from: -Infinity, until }).map(signalWith(sqlite))
}

export function readObserved(sqlite: Sqlite.Database, account: number, span: ObservedSpan): readonly ObservedRow[] {
  const ends = endsOf(sqlite, account)
  const rows = rowsOf<ObservedRow>(sqlite, OBSERVED, account, ends, span)
  const week = weekOf(span.from)
  return ends.first < weekStart(week) ? [...newestBefore(sqlite, account, week), ...rows] : rows
}

/** When an account's signals begin and end. */
type Ends = { readonly first: Instant; readonly newest: Instant }

function endsOf(sqlite: Sqlite.Database, account: number): Ends {
  const ends = prepared<[number], [Instant | null, Instant | null]>(sqlite, ENDS, 'arrays').get(account)
  return { first: ends?.[0] ?? Infinity, newest: ends?.[1] ?? -Infinity }
}

/** One seek for each week of the span in which the account may have signals. For `+?` see the query compiler. */
function rowsOf<Row>(
  sqlite: Sqlite.Database,
  statement: string,
  account: number,
  { first, newest }: Ends,
  { from, until }: ObservedSpan,
): Row[] {
  if (first === Infinity) return []
  const weeks = [weekOf(Math.max(first, from)), weekOf(Math.min(until, newest))] as const
  return prepared<[number, number, number, number], Row>(sqlite, statement, 'arrays').all(...weeks, account, until)
}

const ENDS = 'SELECT min(first_at), max(newest_at) FROM series WHERE account = +?'

const weekByWeek = (columns: string) => `WITH RECURSIVE weeks (week) AS (
    SELECT cast(? AS INTEGER) UNION ALL SELECT week + 1 FROM weeks WHERE week < +?)
  SELECT ${columns}
  FROM weeks CROSS JOIN signals ON signals.week = weeks.week WHERE account = +? AND ${OBSERVED_AT} <= +?`
const WHOLE = weekByWeek(`metric, value, ${OBSERVED_AT}, ${RECEIVED_AT}, id, source`)
const OBSERVED = weekByWeek(`metric, ${OBSERVED_AT}, value, ${TIE_RANK}`)

/** The newest of each metric before a week. */
function newestBefore(sqlite: Sqlite.Database, account: number, week: number): ObservedRow[] {
  const begun = prepared<[number, Instant], [metric: number, first: Instant, newest: Instant]>(sqlite, BEGUN, 'arrays')
  const missing = begun.all(account, weekStart(week)).map(([metric, first, newest]) => {
    return { series: metric, account, metric, lastWeek: Math.min(week - 1, weekOf(newest)), after: first - 1 }
  })
  const rows: ObservedRow[] = []
  newestSignals(sqlite, missing, (...row) => rows.push(row))
  return rows
}

const BEGUN = 'SELECT metric, first_at, newest_at FROM series WHERE account = +? AND first_at < +?'

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
