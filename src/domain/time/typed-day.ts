import { quoted } from '../quoted.ts'
import { addBusinessTime, type Calendar } from './business-time.ts'
import { type Day, type Instant, laterDay, parseDay } from './instant.ts'
import { dayIn } from './zoned-time.ts'

export type TypedDay = { readonly day: Day } | { readonly problem: string }

/**
 * The day that a person means: `today`, `friday` (the next one after today), `next monday` (of the week after this one,
 * weeks begin on Monday), `2026-12-05`, `5 dec` (the next one from today on), `in 3 days`, `2w`, `2bd` (business days).
 * Days are those of the calendar's zone.
 */
export function typedDay(written: string, now: Instant, calendar: Calendar): TypedDay {
  const text = written
    .toLowerCase()
    .replace(/[\s,]+/g, ' ')
    .trim()
    .replace(/^(?:on|by|until|this) /, '')
  const today = dayIn(calendar.timeZone, now)
  const day =
    parseDay(text) ??
    namedDay(text, today) ??
    weekday(text, today) ??
    dayOfMonth(text, today) ??
    dayAfter(text, { today, now, calendar })
  return day === undefined ? { problem: notADay(written) } : { day }
}

const HOW_TO_TYPE_A_DAY = 'Write a day such as tomorrow, friday, in 3 days, 5 dec, 2bd (business days) or 2026-12-05.'

function notADay(written: string): string {
  return written.trim() === '' ? HOW_TO_TYPE_A_DAY : `${quoted(written)} is not a valid day. ${HOW_TO_TYPE_A_DAY}`
}

const NAMED: Readonly<Record<string, number>> = { yesterday: -1, today: 0, tomorrow: 1, 'day after tomorrow': 2 }

function namedDay(text: string, today: Day): Day | undefined {
  const days = Object.hasOwn(NAMED, text) ? NAMED[text] : undefined
  return days === undefined ? undefined : laterDay(today, days)
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

/** 0 is Monday. */
function weekdayOf(day: Day): number {
  return (new Date(Date.parse(day)).getUTCDay() + 6) % 7
}

function weekday(text: string, today: Day): Day | undefined {
  const [, next, name = ''] = /^(next )?([a-z]+)$/.exec(text) ?? []
  const monday = laterDay(today, 7 - weekdayOf(today))
  if (next !== undefined && name === 'week') return monday
  const index = beginsWith(WEEKDAYS, name)
  if (index === undefined) return undefined
  if (next !== undefined) return laterDay(monday, index)
  return laterDay(today, ((index - weekdayOf(today) + 6) % 7) + 1)
}

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

function dayOfMonth(text: string, today: Day): Day | undefined {
  const [, first, name] = /^(\d{1,2})(?:st|nd|rd|th|\.)? ?([a-z]+)\.?(?: \d{4})?$/.exec(text) ?? []
  const [, otherName, second] = /^([a-z]+)\.? ?(\d{1,2})(?:st|nd|rd|th)?(?: \d{4})?$/.exec(text) ?? []
  const month = beginsWith(MONTHS, name ?? otherName ?? '')
  if (month === undefined) return undefined
  const within = `-${String(month + 1).padStart(2, '0')}-${(first ?? second ?? '').padStart(2, '0')}`
  const year = / (\d{4})$/.exec(text)?.[1]
  if (year !== undefined) return parseDay(`${year}${within}`)
  return COMING_YEARS.map(years => parseDay(`${Number(today.slice(0, 4)) + years}${within}`)).find(
    day => day !== undefined && day >= today,
  )
}

/** 29 February can be eight years away. */
const COMING_YEARS = [0, 1, 2, 3, 4, 5, 6, 7, 8]

const SPAN = /^(?:in )?(an?|[1-9]\d{0,2}) ?(d|days?|w|weeks?|months?|bd|business days?|working days?)$/

type Start = { readonly today: Day; readonly now: Instant; readonly calendar: Calendar }

function dayAfter(text: string, { today, now, calendar }: Start): Day | undefined {
  const [, amount = '', unit = ''] = SPAN.exec(text) ?? []
  const count = amount.startsWith('a') ? 1 : Number(amount)
  if (unit === '') return undefined
  if (/^(?:b|working)/.test(unit)) return dayIn(calendar.timeZone, addBusinessTime(now, { days: count }, calendar))
  if (unit.startsWith('m')) return monthsLater(today, count)
  return laterDay(today, unit.startsWith('w') ? 7 * count : count)
}

/** The same day of a later month, or its last one. */
function monthsLater(today: Day, months: number): Day | undefined {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return parseDay(new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10))
}

/** Names are understood from three letters on. */
function beginsWith(names: readonly string[], start: string): number | undefined {
  const index = start.length < 3 ? -1 : names.findIndex(name => name.startsWith(start))
  return index < 0 ? undefined : index
}
