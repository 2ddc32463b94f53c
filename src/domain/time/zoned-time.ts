import { DAY, type Day, type Duration, dayOf, type Instant } from './instant.ts'

/** What the clocks of a zone show: a day, and the time since its midnight as they count it. */
export type LocalTime = { readonly day: Day; readonly time: Duration }

export function localTimeAt(timeZone: string, at: Instant): LocalTime {
  const wall = at + offsetAt(timeZone, at)
  return { day: dayOf(wall), time: wall - Date.parse(dayOf(wall)) }
}

/** The day that the clocks of a zone show. */
export function dayIn(timeZone: string, at: Instant): Day {
  return localTimeAt(timeZone, at).day
}

/** The first instant at which the clocks show that time; where spring skips it, as much later as the clocks jump. */
export function instantAt(timeZone: string, { day, time }: LocalTime): Instant {
  const wall = Date.parse(day) + time
  const candidates = [wall - offsetAt(timeZone, wall - DAY), wall - offsetAt(timeZone, wall + DAY)] as const
  const exact = candidates.filter(at => at + offsetAt(timeZone, at) === wall)
  return exact.length === 0 ? candidates[0] : Math.min(...exact)
}

function offsetAt(timeZone: string, at: Instant): Duration {
  if (timeZone === 'UTC') return 0
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000
}

/** Making a format takes far longer than using it. */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(timeZone, format)
  return format
}
