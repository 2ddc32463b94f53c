import type { Day } from '../time/instant.ts'

/** An account on the day on which a play began: the score that was shown then, 30 days earlier where it had one, and 30 days later. */
export type PlayedAccount = {
  readonly day: Day
  readonly band: string
  readonly earlier?: number
  readonly before: number
  readonly after: number
}

/** An account on one of these days, without a play in the 30 days around it. */
export type QuietAccount = PlayedAccount

export type PlayOutcome = {
  readonly runs: number
  /** The runs that have accounts alike, and how many these are. */
  readonly matched: number
  readonly compared: number
  /** Medians of the change of score over 30 days, of the matched runs where there are any; undefined without any run. */
  readonly withPlay?: number
  /** The same of the accounts alike: the median for each matched run, and of these the median. */
  readonly without?: number
}

/** Fewer runs say nothing. */
export const FEWEST_RUNS = 10

/** As near as scores must be on that day for accounts to be alike. */
const ALIKE = 5

/** Smaller changes over the 30 days before are steady. */
const DEAD_BAND = 5

/**
 * How the accounts of a play fared next to those alike on the same day: the same band and trend, and a score within 5
 * points. Only runs that have such accounts are compared: else a play would be praised for whom it was begun for.
 */
export function playOutcome(played: readonly PlayedAccount[], quiet: readonly QuietAccount[]): PlayOutcome {
  const pairs = played
    .map(one => ({ one, alike: quiet.filter(other => isAlike(one, other)) }))
    .filter(({ alike }) => alike.length > 0)
  const withPlay = median((pairs.length > 0 ? pairs.map(({ one }) => one) : played).map(changeOf))
  const without = median(pairs.flatMap(({ alike }) => median(alike.map(changeOf)) ?? []))
  return {
    runs: played.length,
    matched: pairs.length,
    compared: quiet.filter(other => played.some(one => isAlike(one, other))).length,
    ...(withPlay !== undefined && { withPlay }),
    ...(without !== undefined && { without }),
  }
}

function isAlike(one: PlayedAccount, other: QuietAccount): boolean {
  return (
    other.day === one.day &&
    other.band === one.band &&
    Math.abs(other.before - one.before) <= ALIKE &&
    trendOf(one) === trendOf(other)
  )
}

function trendOf({ earlier, before }: PlayedAccount): 'falling' | 'steady' | 'rising' | 'unknown' {
  if (earlier === undefined) return 'unknown'
  const change = before - earlier
  if (Math.abs(change) < DEAD_BAND) return 'steady'
  return change < 0 ? 'falling' : 'rising'
}

function changeOf({ before, after }: PlayedAccount): number {
  return after - before
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  return low === undefined || high === undefined ? undefined : (low + high) / 2
}
