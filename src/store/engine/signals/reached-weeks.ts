import type { MetricReach, Reach } from '../../../domain/scoring/reach.ts'
import { weekOf } from './week.ts'

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

/** What is stored: its first and its last week, and how many metrics. */
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

function knownMetrics({ metrics }: Reach, keyOf: (metric: string) => number | undefined): KnownMetric[] {
  return [...metrics].flatMap(([name, reach], place) => {
    const key = keyOf(name)
    return key === undefined ? [] : [{ ...reach, key, place }]
  })
}
