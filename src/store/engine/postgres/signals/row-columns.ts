import { sql } from 'kysely'
import type { Columns } from '../../binary-arrays.ts'
import type { SignalColumns } from '../../signals/signal-columns.ts'
import type { CopiedColumns } from '../binary-rows.ts'

/** Rows of one statement. */
export const CHUNK = 10_000

const KEY = ['week', 'account', 'metric', 'time_in_week', 'id']

/** The key columns of `signals`, in their order. */
export const IDENTITY = sql.join(KEY.map(column => sql.ref(column)))

/** Whether a row of `signals` has the identity of a `sent` one. */
export const IS_SAME = sql<boolean>`(${sql.join(KEY.map(column => sql.ref(`signals.${column}`)))})
  = (${sql.join(KEY.map(column => sql.ref(`sent.${column}`)))})`

/** All columns of rows, as parameters. */
export function toSend({ week, account, metric, time, id, value, delay, source }: SignalColumns) {
  return {
    week: { int4: week },
    account: { int4: account },
    metric: { int4: metric },
    time_in_week: { int4: time },
    id: { text: id },
    value: { float8: value },
    delay: { float8: delay },
    source: { int4: source },
  } satisfies Columns
}

/** The same with the types of the table, for COPY. */
export function toCopy(rows: SignalColumns) {
  return { ...toSend(rows), delay: { int8: rows.delay } } satisfies CopiedColumns
}
