import type { Duration } from '../../../domain/time/instant.ts'

/** One version of a signal: its value, its source, and how long after it was observed we received it. */
export type Version = { readonly value: number; readonly delay: Duration; readonly source: number }

/** A signal as the database stores it; `time` counts from the start of its week. */
export type SignalRow = Version & {
  readonly week: number
  readonly account: number
  readonly metric: number
  readonly time: Duration
  readonly id: string
}
