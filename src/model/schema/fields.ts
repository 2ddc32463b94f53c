import * as z from 'zod'
import { DAY, type Duration, HOUR, startOfDay } from '../../domain/time/instant.ts'
import { readDestination } from './destination.ts'
import { refuse } from './finding.ts'

// Most schemas see a few objects, and compiling a parser of its own for each takes longer than reading them. What comes
// row after row costs a microsecond more.
z.config({ jitless: true })

const UNITS: Readonly<Record<string, Duration>> = { s: 1_000, m: 60_000, h: HOUR, d: DAY, w: 7 * DAY }

/** `30d`: a positive number and one of s, m, h, d, w; in milliseconds. */
export const duration = z.unknown().transform((value, context): Duration => {
  const ms = typeof value === 'string' ? parseDuration(value) : undefined
  if (ms !== undefined) return ms
  refuse(
    context,
    `"${String(value)}" is not a valid length of time.`,
    'Write a number and s, m, h, d or w, such as 30d.',
  )
  return z.NEVER
})

/** How long something is kept: `forever`, or a duration that may also count years of 365 days. */
export const age = z.unknown().transform((value, context): Duration | 'forever' => {
  if (value === 'forever') return value
  const years = typeof value === 'string' ? /^(\d+(?:\.\d+)?)\s*y$/.exec(value)?.[1] : undefined
  const ms = years === undefined ? parseDuration(String(value)) : Number(years) * 365 * DAY
  if (ms !== undefined && ms >= DAY) return ms
  refuse(
    context,
    `"${String(value)}" is not a valid length of time here.`,
    'Write a day or more, such as 90d or 3y, or forever.',
  )
  return z.NEVER
})

/** A duration that conditions are held for: whole days. */
export const wholeDays = duration.superRefine((ms, context) => {
  if (ms % DAY !== 0) refuse(context, 'A condition is held for whole days.', 'Write days or weeks, such as 14d.')
})

export function parseDuration(text: string): Duration | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([smhdw])$/.exec(text)
  const ms = Number(match?.[1]) * (UNITS[match?.[2] ?? ''] ?? Number.NaN)
  return Number.isFinite(ms) && ms > 0 ? ms : undefined
}

export const identifier = z.unknown().transform((value, context): string => {
  if (typeof value === 'string' && /^[a-z0-9][a-z0-9_-]*$/i.test(value) && value !== 'cap') return value
  const known = value === undefined ? 'An id is missing.' : `"${String(value)}" is not a valid id here.`
  refuse(context, known, 'Write letters, digits, _ and -, beginning with a letter or digit ("cap" is taken).')
  return z.NEVER
})

export const sentence = z.string().trim().min(1).max(2_000)
export const label = z.string().trim().min(1).max(80)

export const day = z.string().superRefine((text, context) => {
  if (text.length !== 10 || startOfDay(text) === undefined) {
    refuse(context, `"${text}" is not a valid date.`, 'Write it as YYYY-MM-DD.')
  }
})

/** Any positive number; they are shown as shares of 100%. */
export const weight = z.number().superRefine((value, context) => {
  if (!(value > 0 && Number.isFinite(value))) {
    refuse(context, `A weight of ${value} has no effect.`, 'Write a number above 0, or leave the entry out.')
  }
})

export const score = z.number().min(0).max(100)

const writtenDestination = z.string().superRefine((text, context) => {
  if (!/^[a-z][a-z0-9_-]*:\S+$/.test(text)) {
    refuse(
      context,
      `"${text}" is not a valid destination.`,
      'Write platform:channel, with the ID that the channel has there.',
    )
  }
})

/** `platform:channel`, or `platform:@ana@example.com` for a direct message. */
export const destination = writtenDestination.transform(readDestination)

export const timeZone = z.string().superRefine((zone, context) => {
  if (!isTimeZone(zone))
    refuse(context, `"${zone}" is not a valid time zone.`, 'Write an IANA name, such as Europe/Berlin.')
})

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
