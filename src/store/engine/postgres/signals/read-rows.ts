import { sql } from 'kysely'
import { rankOfId } from '../../../../domain/sources/signal-tie.ts'
import type { Db } from '../../../tables.ts'
import { type AccountKeys, isAmong } from '../../account-keys.ts'
import { copyOut } from '../copy-out.ts'

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
  /** Orders signals of the same instant. */
  readonly rank: readonly number[]
}

/** Undefined if there are more than `most`. */
export async function readRows(db: Db, { accounts, weeks, metrics, most }: Wanted): Promise<Rows | undefined> {
  if (weeks.length === 0 || metrics.length === 0) return noRows()
  const query = db
    .selectFrom('signals')
    .select(['week', 'account', 'metric', 'time_in_week', 'value'])
    // Only ids that Rounds gave have a rank; most are empty or sort before them.
    .select(sql<string>`case when id >= '~' then id else '' end`.as('ranked'))
    .where(sql<boolean>`week = any(${[...weeks]}::int4[])`)
    .where(isAmong('account', accounts))
    .where(sql<boolean>`metric = any(${[...metrics]}::int4[])`)
    .orderBy('week')
    .orderBy('account')
    .orderBy('metric')
    .orderBy('time_in_week')
    .orderBy('id')
  const rows = noRows()
  await copyOut(db, most === Infinity ? query : query.limit(most + 1), row => {
    rows.week.push(row.int4())
    rows.account.push(row.int4())
    rows.metric.push(row.int4())
    rows.time.push(row.int4())
    rows.value.push(row.float8())
    const id = row.text()
    rows.rank.push(id === '' ? 0 : rankOfId(id))
  })
  return rows.week.length > most ? undefined : rows
}

function noRows() {
  const none = (): number[] => []
  return { week: none(), account: none(), metric: none(), time: none(), value: none(), rank: none() }
}
