import type Sqlite from 'better-sqlite3'
import type { MetricReach, Reach } from '../../../../domain/scoring/reach.ts'
import { weekOf } from '../../week.ts'
import { prepared } from '../prepared-statements.ts'

/** A metric of which there is any signal; `place` counts all that are looked at. */
export type KnownMetric = MetricReach & { readonly key: number; readonly place: number }

/** The stored weeks that scoring looks at. */
export type ReachedWeeks = {
  readonly metrics: readonly KnownMetric[]
  readonly firstWeek: number
  readonly lastWeek: number
  /** Whether signals are stored of metrics that nobody looks at. */
  readonly hasOthers: boolean
}

/** Scanned weeks where only the newest signal is ever asked for: most report more often. */
const WEEKS_FOR_NEWEST = 4

export function reachedWeeks(sqlite: Sqlite.Database, reach: Reach): ReachedWeeks {
  const metrics = knownMetrics(sqlite, reach)
  const stored = prepared<[], { first: number | null; last: number | null; metrics: number }>(
    sqlite,
    `SELECT (SELECT min(week) FROM signals) AS first, (SELECT max(week) FROM signals) AS last,
      (SELECT count(*) FROM metrics) AS metrics`,
  ).get()
  const after = metrics.reduce((least, { allAfter }) => Math.min(least, allAfter), Infinity)
  const from = after === Infinity ? weekOf(reach.earliest) - WEEKS_FOR_NEWEST : weekOf(after)
  return {
    metrics,
    firstWeek: Math.max(stored?.first ?? 0, from),
    lastWeek: metrics.length === 0 ? -Infinity : Math.min(stored?.last ?? -Infinity, weekOf(reach.until)),
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
