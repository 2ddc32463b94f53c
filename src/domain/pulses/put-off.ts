import { type Calendar, endOfWork } from '../time/business-time.ts'
import { HOUR, type Instant, laterDay } from '../time/instant.ts'
import { dayIn, instantAt } from '../time/zoned-time.ts'

/** Midnight of the day on which somebody is asked again about what they skip. */
export function skippedUntil(now: Instant, { timeZone }: Pick<Calendar, 'timeZone'>): Instant {
  return instantAt(timeZone, { day: laterDay(dayIn(timeZone, now), 7), time: 0 })
}

/** When what is put off comes back: in the afternoon, in an hour at the earliest. Undefined once work ends before that. */
export function laterToday(now: Instant, calendar: Calendar): Instant | undefined {
  const { timeZone } = calendar
  const day = dayIn(timeZone, now)
  const close = endOfWork(day, calendar) ?? instantAt(timeZone, { day, time: 18 * HOUR })
  return [14 * HOUR, 16 * HOUR]
    .map(time => instantAt(timeZone, { day, time }))
    .find(at => at >= now + HOUR && at < close)
}
