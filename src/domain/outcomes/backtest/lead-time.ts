import { DAY, type Day } from '../../time/instant.ts'

/** Longer warnings count as so long. */
export const LONGEST_LEAD = 365

/**
 * Days from the first day of the last unbroken run at risk to what happened, at most 365. `isAtRisk` is asked from the
 * day before backward; undefined where no day was at risk.
 */
export function leadTime(on: Day, isAtRisk: (day: Day) => boolean): number | undefined {
  const day = (back: number) => new Date(Date.parse(on) - back * DAY).toISOString().slice(0, 10)
  let back = 1
  while (back <= LONGEST_LEAD && !isAtRisk(day(back))) back += 1
  if (back > LONGEST_LEAD) return undefined
  while (back < LONGEST_LEAD && isAtRisk(day(back + 1))) back += 1
  return back
}
