import { sql } from 'kysely'
import { rankOfId } from '../../../../domain/sources/signal-tie.ts'
import type { Db } from '../../../tables.ts'
import { type AccountKeys, isAmong } from '../../account-keys.ts'
import { readColumns } from '../whole-columns.ts'

export type Wanted = {
  readonly accounts: AccountKeys
  readonly weeks: readonly number[]
  readonly metrics: readonly number[]
  readonly most: number
}

/** Signals in the order of their key. */
export type Rows = {
  readonly week: readonly number[]
  readonly account: readonly number[]
  readonly metric: readonly number[]
  readonly time: readonly number[]
  readonly value: readonly number[]
  /** Orders those of one instant. */
  readonly rank: readonly number[]
}

/** Undefined where there are more than `most`. */
export async function readRows(db: Db, { accounts, weeks, metrics, most }: Wanted): Promise<Rows | undefined> {
  if (weeks.length === 0 || metrics.length === 0) return NO_ROWS
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
  const limited = most === Infinity ? query : query.limit(most + 1)
  const found = await readColumns(db, limited, ['week', 'account', 'metric', 'time', 'value', 'id'])
  return found.week.length > most ? undefined : { ...found, rank: found.id.map(id => (id === null ? 0 : rankOfId(id))) }
}

const NO_ROWS: Rows = { week: [], account: [], metric: [], time: [], value: [], rank: [] }
