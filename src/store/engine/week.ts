import { DAY, type Duration, type Instant } from '../../domain/time/instant.ts'

const WEEK: Duration = 7 * DAY

/** The first part of a signal's key: weeks since 1970-01-01, negative before. */
export function weekOf(instant: Instant): number {
  return Math.floor(instant / WEEK)
}
