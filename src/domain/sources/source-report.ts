import type { Day, Duration } from '../time/instant.ts'
import type { Silence } from './silence.ts'

/** What one source sent on one day; `lag` is how late it was, in milliseconds over all that was received. */
export type SourceDay = {
  readonly source: string
  readonly day: Day
  readonly received: number
  readonly rejected: number
  readonly lag: Duration
}

/** What comes in, and what does not. */
export type SourceReport = {
  /** By source, newest day first. */
  readonly days: readonly SourceDay[]
  readonly silent: readonly Silence[]
  /** Metrics that the settings read and nobody ever sent, once anything was sent at all. */
  readonly unsent: readonly string[]
  /** Metrics that somebody sends and nothing reads. */
  readonly unread: readonly string[]
  /** Events of webhooks that belong to no account yet, by what they call it. */
  readonly waiting: readonly { readonly source: string; readonly name: string; readonly events: number }[]
  /** What could not be fetched last time, and why. */
  readonly faults: readonly { readonly source: string; readonly name: string; readonly fault: string }[]
}

/** How late the signals of some days were on average; undefined where none came. */
export function averageLag(days: readonly SourceDay[]): Duration | undefined {
  const received = days.reduce((sum, day) => sum + day.received, 0)
  return received === 0 ? undefined : days.reduce((sum, { lag }) => sum + lag, 0) / received
}
