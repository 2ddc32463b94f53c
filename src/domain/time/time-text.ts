import { type Instant, startOfDay } from './instant.ts'

/**
 * The instant that an ISO 8601 text names: a bare date is midnight UTC, a time without an offset is UTC, a space may
 * stand for the T. Undefined for anything else, dates that do not exist included.
 */
export function parseInstant(text: string): Instant | undefined {
  const trimmed = text.trim()
  if (AS_PROGRAMS_WRITE.test(trimmed)) return checkedInstant(trimmed)
  const match =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i.exec(trimmed)
  if (match === null || startOfDay(match[1] ?? '') === undefined) return undefined
  const [, date, time = '00:00', offset = 'Z'] = match
  const instant = Date.parse(`${date}T${withSeconds(time)}${withMinutes(offset.toUpperCase())}`)
  return Number.isNaN(instant) ? undefined : instant
}

const AS_PROGRAMS_WRITE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?Z$/

const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** The engine reads this form by itself, but takes 30 February for a day of March. */
function checkedInstant(text: string): Instant | undefined {
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))]
  const days = month === 2 && !isLeap(year) ? 28 : (DAYS_IN_MONTH[month - 1] ?? 0)
  const instant = day > days ? Number.NaN : Date.parse(text)
  return Number.isNaN(instant) ? undefined : instant
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

function withSeconds(time: string): string {
  const [clock = '', fraction] = time.replace(',', '.').split('.')
  const seconds = clock.length === 5 ? `${clock}:00` : clock
  return fraction === undefined ? seconds : `${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}`
}

function withMinutes(offset: string): string {
  if (offset === 'Z' || offset.includes(':')) return offset
  return offset.length === 3 ? `${offset}:00` : `${offset.slice(0, 3)}:${offset.slice(3)}`
}
