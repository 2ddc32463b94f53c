import { DAY, type Duration, type Instant } from '../../../domain/time/instant.ts'

export const WEEK: Duration = 7 * DAY

/** The first part of a signal's key: weeks since 1970-01-01, negative before. */
export function weekOf(instant: Instant): number {
  return Math.floor(instant / WEEK)
}

/** The part of the key after the week: milliseconds since its start. */
export function timeInWeek(instant: Instant): Duration {
  return instant - weekOf(instant) * WEEK
}

export function weekStart(week: number): Instant {
  return week * WEEK
}
