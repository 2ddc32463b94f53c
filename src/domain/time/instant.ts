/** Epoch milliseconds, UTC. */
export type Instant = number

/** Milliseconds. */
export type Duration = number

/** `YYYY-MM-DD`. */
export type Day = string

export const HOUR: Duration = 3_600_000

/** A day is exactly 24 h in every window. */
export const DAY: Duration = 24 * HOUR

export function dayOf(instant: Instant): Day {
  return new Date(instant).toISOString().slice(0, 10)
}

/** The date that a text is and nothing else; undefined where there is no such day. */
export function parseDay(text: string): Day | undefined {
  const day = text.trim()
  return day.length === 10 && startOfDay(day) !== undefined ? day : undefined
}

/** The day that many days later. */
export function laterDay(day: Day, days: number): Day {
  return dayOf(Date.parse(day) + days * DAY)
}

/** Days that were asked for: the same ones come for account after account, and reading one is slow. */
const known = new Map<string, Instant | undefined>()
const MOST_KNOWN = 10_000

/** 00:00 UTC of a day, or of the day that an ISO time names; undefined when the text is not a date. */
export function startOfDay(text: string): Instant | undefined {
  const start = known.get(text)
  if (start !== undefined || known.has(text)) return start
  if (known.size >= MOST_KNOWN) known.clear()
  const read = readStartOfDay(text)
  known.set(text, read)
  return read
}

function readStartOfDay(text: string): Instant | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:$|[T ])/.exec(text.trim())
  if (match?.[1] === undefined) return undefined
  const start = Date.parse(`${match[1]}T00:00:00Z`)
  // The 30th of February is not the 2nd of March; NaN is no day of any month.
  return new Date(start).getUTCDate() === Number(match[1].slice(8)) ? start : undefined
}
