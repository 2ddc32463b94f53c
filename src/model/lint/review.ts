import { DAY, type Day, type Instant, startOfDay } from '../../domain/time/instant.ts'

/** The longest quarter of a year has 92 days. */
export const QUARTER = 92 * DAY

/** Whether a review on that day is older than a quarter. */
export function isReviewDue(reviewedOn: Day, now: Instant): boolean {
  return now - (startOfDay(reviewedOn) ?? now) > QUARTER
}
