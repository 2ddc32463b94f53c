import type { Duration } from '../../../domain/time/instant.ts'

/** What an identity was said to be, by whom and how long after it was observed we learned it. */
export type Version = { readonly value: number; readonly delay: Duration; readonly source: number }

/** A signal as it lies in the database; `time` is that within its week. */
export type SignalRow = Version & {
  readonly week: number
  readonly account: number
  readonly metric: number
  readonly time: Duration
  readonly id: string
}
