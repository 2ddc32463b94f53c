import { addBusinessTime, type Calendar, isBusinessTime } from './business-time.ts'
import { type Duration, HOUR, type Instant } from './instant.ts'

/** One step: so many business milliseconds after the start, to `owner`, `manager` or a channel. */
export type Rung = { readonly after: Duration; readonly to: string }

/** Something that waits for somebody: an unclaimed alert since it was opened, an overdue task since it was due. */
export type Waiting = {
  readonly since: Instant
  /** How many rungs it has climbed. */
  readonly rung: number
  readonly isWaiting: boolean
}

export type Step = {
  /** Counts from 1. */
  readonly rung: number
  readonly to: string
  readonly reason: 'due'
}

/**
 * The next rung, once its business hours have passed and people are at work; one a look. Nothing for what waits no
 * more, or has climbed to the top.
 */
export function nextRung(
  { since, rung, isWaiting }: Waiting,
  ladder: readonly Rung[],
  calendar: Calendar,
  now: Instant,
): Step | undefined {
  const next = ladder[rung]
  if (!isWaiting || next === undefined || !isBusinessTime(now, calendar)) return undefined
  const due = addBusinessTime(since, { hours: next.after / HOUR }, calendar)
  return now < due ? undefined : { rung: rung + 1, to: next.to, reason: 'due' }
}
