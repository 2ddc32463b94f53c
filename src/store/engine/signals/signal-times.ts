import { type RawBuilder, sql } from 'kysely'
import type { Instant } from '../../../domain/time/instant.ts'
import { WEEK } from './week.ts'

/** SQL for when a signal was observed and received: its row holds smaller numbers. */
export const OBSERVED_AT = `(signals.week * cast(${WEEK} as bigint) + signals.time_in_week)`
export const RECEIVED_AT = `(${OBSERVED_AT} + signals.delay)`

/** The same for Kysely. */
export const observedAt: RawBuilder<Instant> = sql.raw(OBSERVED_AT)
export const receivedAt: RawBuilder<Instant> = sql.raw(RECEIVED_AT)
