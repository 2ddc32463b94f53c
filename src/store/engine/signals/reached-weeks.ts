import type { MetricReach, Reach } from '../../../domain/scoring/reach.ts'
import { weekOf, weekStart } from './week.ts'

/** A metric that has signals; `place` is its place among all metrics that scoring looks at. */
export type KnownMetric = MetricReach & { readonly key: number; readonly place: number }

/** The stored weeks that scoring looks at. */
export type ReachedWeeks = {
  readonly metrics: readonly KnownMetric[]
  readonly firstWeek: number
  readonly lastWeek: number
  /** Whether there are also signals of metrics that scoring does not look at. */
  readonly hasOthers: boolean
}

/** Weeks to scan where only newest signals are wanted: most metrics report more often than that. */
const WEEKS_FOR_NEWEST = 4

/** The first and the last week that has signals, and the number of metrics. */
export type Stored = { readonly first: number | null; readonly last: number | null; readonly metrics: number }

export function weeksWithin(
  reach: Reach,
  keyOf: (metric: string) => number | undefined,
  stored: Stored | undefined,
): ReachedWeeks {
  const metrics = knownMetrics(reach, keyOf)
  const after = metrics.reduce((least, { allAfter }) => Math.min(least, allAfter), Infinity)
  const from = after === Infinity ? weekOf(reach.earliest) - WEEKS_FOR_NEWEST : weekOf(after)
  return {
    metrics,
    firstWeek: Math.max(stored?.first ?? 0, from),
    lastWeek: metrics.length === 0 ? -Infinity : Math.min(stored?.last ?? -Infinity, weekOf(reach.until)),
    hasOthers: stored !== undefined && stored.metrics > metrics.length,
  }
}

/** The metrics whose windows include a week, or a part of it. */
export function metricsReaching({ metrics }: ReachedWeeks, week: number): readonly KnownMetric[] {
  const end = weekStart(week + 1)
  return metrics.filter(({ allAfter, newestAfter }) => Math.min(allAfter, newestAfter) < end)
}

function knownMetrics({ metrics }: Reach, keyOf: (metric: string) => number | undefined): KnownMetric[] {
  return [...metrics].flatMap(([name, reach], place) => {
    const key = keyOf(name)
    return key === undefined ? [] : [{ ...reach, key, place }]
  })
}
