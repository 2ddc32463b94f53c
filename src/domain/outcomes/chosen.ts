import { type Instant, startOfDay } from '../time/instant.ts'
import { isBad, type Outcome, worstOfEachDay } from './outcome.ts'

/** Outcomes that are not looked at, and why. */
export type LeftOut = { readonly reason: string; readonly count: number }

/**
 * The outcomes that count: one for each account and day, up to now; with `last` the newest of each side, as many as that.
 */
export function chosenOutcomes(
  all: readonly Outcome[],
  now: Instant,
  last?: number,
): { readonly outcomes: readonly Outcome[]; readonly leftOut: readonly LeftOut[] } {
  const past = all.filter(({ on }) => (startOfDay(on) ?? Infinity) <= now)
  const single = worstOfEachDay(past)
  const newest = (side: readonly Outcome[]) => (last === undefined ? side : side.slice(Math.max(0, side.length - last)))
  const kept = new Set([...newest(single.filter(isBad)), ...newest(single.filter(outcome => !isBad(outcome)))])
  const outcomes = single.filter(outcome => kept.has(outcome))
  const leftOut = [
    { reason: 'in the future', count: all.length - past.length },
    { reason: 'a worse outcome on the same day', count: past.length - single.length },
    { reason: 'older than the newest asked for', count: single.length - outcomes.length },
  ]
  return { outcomes, leftOut: leftOut.filter(({ count }) => count > 0) }
}
