import type { Day } from './instant.ts'

/** An account on the day on which a play began: its score then, and 30 days later. */
export type PlayedAccount = {
  readonly day: Day
  readonly band: string
  readonly before: number
  readonly after: number
}

/** An account on one of these days, without a play in the 30 days around it. */
export type QuietAccount = PlayedAccount

export type PlayOutcome = {
  readonly runs: number
  readonly compared: number
  /** Medians of the change of score over 30 days; undefined without any. */
  readonly withPlay?: number
  readonly without?: number
}

/** Fewer runs say nothing. */
export const FEWEST_RUNS = 10

/** As near as scores must be on that day for accounts to be alike. */
const ALIKE = 5

/** How the accounts of a play fared next to those alike on the same day: the same band, and a score within 5 points. */
export function playOutcome(played: readonly PlayedAccount[], quiet: readonly QuietAccount[]): PlayOutcome {
  const isAlike = (one: PlayedAccount) => (other: QuietAccount) =>
    other.day === one.day && other.band === one.band && Math.abs(other.before - one.before) <= ALIKE
  const alike = quiet.filter(other => played.some(one => isAlike(one)(other)))
  const withPlay = median(played.map(changeOf))
  const without = median(alike.map(changeOf))
  return {
    runs: played.length,
    compared: alike.length,
    ...(withPlay !== undefined && { withPlay }),
    ...(without !== undefined && { without }),
  }
}

function changeOf({ before, after }: PlayedAccount): number {
  return after - before
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  return low === undefined || high === undefined ? undefined : (low + high) / 2
}
