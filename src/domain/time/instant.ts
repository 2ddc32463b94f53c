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

/** The day so many days later. */
export function laterDay(day: Day, days: number): Day {
  return dayOf(Date.parse(day) + days * DAY)
}

/** 00:00 UTC of a day, or of the day that an ISO time names; undefined when the text is no date. */
export function startOfDay(text: string): Instant | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:$|[T ])/.exec(text.trim())
  const start = match?.[1] === undefined ? Number.NaN : Date.parse(`${match[1]}T00:00:00Z`)
  return Number.isNaN(start) || dayOf(start) !== match?.[1] ? undefined : start
}
