import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'

/** When the first signal of an account was observed. */
export async function firstSignalOrNone(db: Db, account: number): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('series')
    .select(({ fn }) => fn.min('first_at').as('first'))
    .where('account', '=', account)
    .executeTakeFirst()
  return row?.first ?? undefined
}

/** When the first signal of each account was observed, by its key; accounts without signals are left out. */
export async function firstSignals(db: Db): Promise<Map<number, Instant>> {
  const rows = await db
    .selectFrom('series')
    .select(({ fn }) => ['account', fn.min('first_at').as('first')])
    .groupBy('account')
    .execute()
  return new Map(rows.map(({ account, first }) => [account, first]))
}
