import { sql } from 'kysely'
import { rankOfId } from '../../../../domain/sources/signal-tie.ts'
import type { Db } from '../../../tables.ts'
import { type AccountKeys, isAmong } from '../../account-keys.ts'

export type Wanted = {
  readonly accounts: AccountKeys
  readonly weeks: readonly number[]
  readonly metrics: readonly number[]
  readonly most: number
}

/** Signals in the order of their key. */
export type Rows = {
  readonly week: Int32Array
  readonly account: Int32Array
  readonly metric: Int32Array
  readonly time: Int32Array
  readonly value: Float64Array
  /** Orders those of one instant. */
  readonly rank: Float64Array
}

/** Undefined where there are more than `most`. */
export async function readRows(db: Db, { accounts, weeks, metrics, most }: Wanted): Promise<Rows | undefined> {
  if (weeks.length === 0 || metrics.length === 0) return rowsOf([])
  const query = db
    .selectFrom('signals')
    .select(['week', 'account', 'metric', 'time_in_week as time', 'value'])
    // Most ids are empty, or sort before those that Rounds gave: nobody asks for their rank.
    .select(sql<string | null>`case when id >= '~' then id end`.as('id'))
    .where(sql<boolean>`week = any(${[...weeks]}::int4[])`)
    .where(isAmong('account', accounts))
    .where(sql<boolean>`metric = any(${[...metrics]}::int4[])`)
    .orderBy('week')
    .orderBy('account')
    .orderBy('metric')
    .orderBy('time_in_week')
    .orderBy('signals.id')
  const rows = await (most === Infinity ? query : query.limit(most + 1)).execute()
  return rows.length > most ? undefined : rowsOf(rows)
}

type Row = Record<'week' | 'account' | 'metric' | 'time' | 'value', number> & { readonly id: string | null }

function rowsOf(rows: readonly Row[]): Rows {
  const { length } = rows
  const columns = {
    week: new Int32Array(length),
    account: new Int32Array(length),
    metric: new Int32Array(length),
    time: new Int32Array(length),
    value: new Float64Array(length),
    rank: new Float64Array(length),
  }
  for (const [at, row] of rows.entries()) {
    for (const column of ['week', 'account', 'metric', 'time', 'value'] as const) columns[column][at] = row[column]
    if (row.id !== null) columns.rank[at] = rankOfId(row.id)
  }
  return columns
}
