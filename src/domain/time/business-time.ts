import { DAY, type Day, type Duration, dayOf, HOUR, type Instant } from './instant.ts'
import { instantAt, localTimeAt } from './zoned-time.ts'

/** When people in one zone work: `days` as `mon`, `from` and `to` as `09:00`, `to` after `from`. */
export type Calendar = {
  readonly days: readonly string[]
  readonly from: string
  readonly to: string
  readonly holidays: readonly Day[]
  readonly timeZone: string
}

/** Both ends of the working day belong to it. */
export function isBusinessTime(at: Instant, calendar: Calendar): boolean {
  return isOpen(hoursOn(localTimeAt(calendar.timeZone, at).day, calendar), at)
}

/**
 * The instant that many working hours or working days later, always within business hours. A start outside of them counts
 * from the next opening. Hours are counted only while people work. `days: 1` is the same local time on the next working
 * day: from Friday 15:00 it is Monday 15:00, from Saturday it is Tuesday at opening.
 */
export function addBusinessTime(
  start: Instant,
  { days = 0, hours = 0 }: { readonly days?: number; readonly hours?: number },
  calendar: Calendar,
): Instant {
  return addHours(addDays(nextOpen(start, calendar), days, calendar), hours * HOUR, calendar)
}

/** When work begins on a day; its midnight, where nobody works on it. */
export function startOfWork(day: Day, calendar: Calendar): Instant {
  return hoursOn(day, calendar)?.open ?? instantAt(calendar.timeZone, { day, time: 0 })
}

/** When work ends on a day; undefined where nobody works on it. */
export function endOfWork(day: Day, calendar: Calendar): Instant | undefined {
  return hoursOn(day, calendar)?.close
}

function nextOpen(at: Instant, calendar: Calendar): Instant {
  const { day } = localTimeAt(calendar.timeZone, at)
  const today = hoursOn(day, calendar)
  if (isOpen(today, at)) return at
  return today !== undefined && at < today.open ? today.open : hoursAfter(day, calendar).open
}

function addDays(start: Instant, days: number, calendar: Calendar): Instant {
  if (days === 0) return start
  const { day, time } = localTimeAt(calendar.timeZone, start)
  let last = day
  for (let n = 0; n < days; n += 1) last = workingDayAfter(last, calendar)
  const hours = hoursOf(last, calendar)
  return Math.min(Math.max(instantAt(calendar.timeZone, { day: last, time }), hours.open), hours.close)
}

function addHours(start: Instant, span: Duration, calendar: Calendar): Instant {
  let cursor = start
  let left = span
  let hours = hoursOn(localTimeAt(calendar.timeZone, start).day, calendar)
  while (hours !== undefined && left > hours.close - cursor) {
    left -= hours.close - cursor
    hours = hoursAfter(hours.day, calendar)
    cursor = hours.open
  }
  return cursor + left
}

type Hours = { readonly day: Day; readonly open: Instant; readonly close: Instant }

function isOpen(hours: Hours | undefined, at: Instant): boolean {
  return hours !== undefined && at >= hours.open && at <= hours.close
}

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

/** Undefined on weekends and holidays. */
function hoursOn(day: Day, calendar: Calendar): Hours | undefined {
  return isWorkingDay(day, calendar) ? hoursOf(day, calendar) : undefined
}

function isWorkingDay(day: Day, { days, holidays }: Calendar): boolean {
  const weekday = WEEKDAYS[new Date(Date.parse(day)).getUTCDay()] ?? 'sun'
  return days.includes(weekday) && !holidays.includes(day)
}

function hoursOf(day: Day, { from, to, timeZone }: Calendar): Hours {
  return {
    day,
    open: instantAt(timeZone, { day, time: timeOf(from) }),
    close: instantAt(timeZone, { day, time: timeOf(to) }),
  }
}

function hoursAfter(day: Day, calendar: Calendar): Hours {
  return hoursOf(workingDayAfter(day, calendar), calendar)
}

function workingDayAfter(day: Day, calendar: Calendar): Day {
  // Ten years without a working day are a calendar without working days.
  for (let step = 1; step < 3_660; step += 1) {
    const later = dayOf(Date.parse(day) + step * DAY)
    if (isWorkingDay(later, calendar)) return later
  }
  throw new RangeError('This calendar has no working days.')
}

function timeOf(text: string): Duration {
  const [hours = 0, minutes = 0] = text.split(':').map(Number)
  return hours * HOUR + (minutes * HOUR) / 60
}
