import { addBusinessTime, type Calendar, endOfWork, startOfWork } from '../time/business-time.ts'
import { DAY, HOUR, type Instant, parseDay } from '../time/instant.ts'

/**
 * When a task is due that is written as `1bd`, `4h`, `2w`: business days, and hours or less, count working time; days and
 * weeks count by the calendar, and end within working hours. A day that is named is due when work ends on it, or before it
 * where nobody works then.
 */
export function taskDue(at: Instant, written: string, calendar: Calendar): Instant {
  const day = parseDay(written)
  if (day !== undefined) return endOfWork(day, calendar) ?? startOfWork(day, calendar)
  const [, amount = '0', unit = ''] = /^(\d+)(bd|[smhdw])$/.exec(written) ?? []
  const count = Number(amount)
  if (unit === 'bd') return addBusinessTime(at, { days: count }, calendar)
  const days = unit === 'd' ? count : unit === 'w' ? 7 * count : 0
  if (days > 0) return addBusinessTime(at + days * DAY, {}, calendar)
  return addBusinessTime(at, { hours: (count * (UNITS[unit] ?? 0)) / HOUR }, calendar)
}

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: HOUR }
