import { groupedBy } from '../grouped.ts'
import { DAY, type Duration, type Instant } from '../time/instant.ts'

/** The day of an event: a number since 1970, as of its beginning. A day ends with its midnight, so that windows are (T - over, T]. */
export function dayOfSighting(at: Instant): number {
  return Math.ceil(at / DAY) - 1
}

/** Whole days: a window of less than a day is one. */
export function daysIn(over: Duration): number {
  return Math.max(1, Math.ceil(over / DAY))
}

/** How many users were seen in the `window` days before the beginning of a day. */
export type UserCount = { readonly day: number; readonly count: number }

/**
 * The counts for the beginnings of days, from `first` to `last`. A window without anybody counts 0 once, after one with
 * somebody: who is gone for longer sends nothing.
 */
export function countUsers(
  seen: readonly { readonly day: number; readonly user: number }[],
  { first, last }: { readonly first: number; readonly last: number },
  window: number,
): UserCount[] {
  const byDay = groupedBy(seen, ({ day }) => day)
  const inWindow = new Map<number, number>()
  const move = (day: number, by: 1 | -1) => {
    for (const { user } of byDay.get(day) ?? []) {
      const days = (inWindow.get(user) ?? 0) + by
      if (days === 0) inWindow.delete(user)
      else inWindow.set(user, days)
    }
  }
  for (let day = first - 1 - window; day < first - 1; day += 1) move(day, 1)
  const counts: UserCount[] = []
  for (let day = first; day <= last; day += 1) {
    const before = inWindow.size
    move(day - 1, 1)
    move(day - 1 - window, -1)
    if (before > 0 || inWindow.size > 0) counts.push({ day, count: inWindow.size })
  }
  return counts
}
