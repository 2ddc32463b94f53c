import { groupedBy } from '../grouped.ts'
import { DAY, type Duration, type Instant } from '../time/instant.ts'

/** One metric as one source sends it. */
export type Feed = {
  readonly source: string
  readonly metric: string
  /** Accounts that ever had a signal of the metric; counted no further than a source can be blamed for. */
  readonly accounts: number
  /** When the newest signal of each day was observed, oldest first. */
  readonly newestByDay: readonly Instant[]
}

/** A metric that used to come in and stopped for everybody at once. */
export type Silence = {
  readonly metric: string
  readonly sources: readonly string[]
  readonly newestAt: Instant
  readonly usualGap: Duration
}

/** Fewer accounts than this can go quiet by themselves: it takes more to blame the source. */
export const FEWEST_ACCOUNTS = 3

/** Fewer gaps than this make no habit. */
const FEWEST_GAPS = 3

const MOST_GAPS = 30

/**
 * The metrics whose newest signal is older than twice their usual gap, as of an instant. A metric that several sources
 * send is silent when all of them stopped.
 */
export function silences(feeds: readonly Feed[], at: Instant): Silence[] {
  return [...groupedBy(feeds, ({ metric }) => metric)].flatMap(([metric, feeds]) => {
    const days = daysOf(feeds, at)
    const newestAt = days.at(-1)
    const usualGap = usualGapOf(days)
    const accounts = Math.max(...feeds.map(({ accounts }) => accounts))
    if (newestAt === undefined || usualGap === undefined || accounts < FEWEST_ACCOUNTS) return []
    if (at - newestAt <= 2 * usualGap) return []
    const sources = feeds.filter(({ newestByDay }) => newestByDay.includes(newestAt)).map(({ source }) => source)
    return [{ metric, sources, newestAt, usualGap }]
  })
}

/**
 * Nine of ten gaps between days with signals are at most this long, and never less than a day, so that a source that
 * rests at weekends is not called silent on a Monday. Undefined where there is no habit yet.
 */
export function usualGapOf(days: readonly Instant[]): Duration | undefined {
  const starts = days.map(at => Math.floor(at / DAY) * DAY)
  const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? start))
  const newest = gaps.slice(-MOST_GAPS).sort((a, b) => a - b)
  if (newest.length < FEWEST_GAPS) return undefined
  return newest[Math.ceil(0.9 * newest.length) - 1]
}

/** The newest instant of each day of any of the feeds, oldest first; none after `at`. */
function daysOf(feeds: readonly Feed[], at: Instant): Instant[] {
  const byDay = new Map<number, Instant>()
  for (const instant of feeds.flatMap(({ newestByDay }) => newestByDay)) {
    const day = Math.floor(instant / DAY)
    if (instant <= at && instant > (byDay.get(day) ?? -Infinity)) byDay.set(day, instant)
  }
  return [...byDay.values()].sort((a, b) => a - b)
}
