import type Sqlite from 'better-sqlite3'
import type { Signal } from '../../../domain/sources/signal.ts'
import type { Instant } from '../../../domain/time/instant.ts'
import { OBSERVED_AT, RECEIVED_AT } from '../signal-times.ts'
import { weekOf } from '../week.ts'
import type { Dictionary } from './dictionaries.ts'

/** Metric, value, observed at, received at, id, source: bare, since an object with its names is dearer than its row. */
type Row = [number, number, number, number, string, number]

/** An account's current signals up to an instant: one seek for each week since its first. */
export function readSignals(sqlite: Sqlite.Database, account: number, until: Instant): Signal[] {
  const first = sqlite
    .prepare<[number], number | null>('SELECT min(first_at) FROM series WHERE account = ?')
    .pluck()
    .get(account)
  const newest = sqlite.prepare<[], number | null>('SELECT max(week) FROM signals').pluck().get()
  if (first == null || newest == null) return []
  const ofWeek = sqlite
    .prepare<[number, number, number], Row>(
      `SELECT metric, value, ${OBSERVED_AT}, ${RECEIVED_AT}, id, source
       FROM signals WHERE week = ? AND account = ? AND ${OBSERVED_AT} <= ?`,
    )
    .raw()
  const weeks = Math.min(weekOf(until), newest) - weekOf(first) + 1
  return Array.from({ length: Math.max(0, weeks) }, (_, week) => weekOf(first) + week)
    .flatMap(week => ofWeek.all(week, account, until))
    .map(signalWith(sqlite))
}

/** What later corrections replaced. */
export function readEarlierVersions(sqlite: Sqlite.Database, account: number, until: Instant): Signal[] {
  return sqlite
    .prepare<[number, number], Row>(
      `SELECT metric, value, observed_at, received_at, id, source
       FROM signal_versions WHERE account = ? AND observed_at <= ? ORDER BY version`,
    )
    .raw()
    .all(account, until)
    .map(signalWith(sqlite))
}

/** Makes signals of rows; each name is asked for once. */
function signalWith(sqlite: Sqlite.Database): (row: Row) => Signal {
  const metricOf = namesIn(sqlite, 'metrics')
  const sourceOf = namesIn(sqlite, 'sources')
  return ([metric, value, observedAt, receivedAt, id, source]) => {
    return { metric: metricOf(metric), value, observedAt, receivedAt, id, source: sourceOf(source) }
  }
}

function namesIn(sqlite: Sqlite.Database, dictionary: Dictionary): (key: number) => string {
  const known = new Map<number, string>()
  const find = sqlite.prepare<[number], string>(`SELECT name FROM ${dictionary} WHERE key = ?`).pluck()
  return key => {
    const name = known.get(key) ?? find.get(key) ?? ''
    known.set(key, name)
    return name
  }
}
