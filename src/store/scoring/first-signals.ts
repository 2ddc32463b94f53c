import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'

/** When anything was first observed of an account. */
export async function firstSignalOrNone(db: Db, account: number): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('series')
    .select(({ fn }) => fn.min('first_at').as('first'))
    .where('account', '=', account)
    .executeTakeFirst()
  return row?.first ?? undefined
}

/** When anything was first observed of each account that has signals, by its key. */
export async function firstSignals(db: Db): Promise<Map<number, Instant>> {
  const rows = await db
    .selectFrom('series')
    .select(({ fn }) => ['account', fn.min('first_at').as('first')])
    .groupBy('account')
    .execute()
  return new Map(rows.map(({ account, first }) => [account, first]))
}
