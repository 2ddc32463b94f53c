import type { Instant } from '../../domain/time/instant.ts'
import { type AccountKeys, isAmong } from '../engine/account-keys.ts'
import type { Db } from '../tables.ts'
import type { Retirement } from './customers.ts'

export type NewRetirement = {
  readonly account: number
  readonly since: Instant
  readonly reason?: string
  readonly by: string
  readonly at: Instant
}

/** Marks an account as retired by a person; a later mark replaces an earlier one. */
export async function addRetirement(db: Db, { account, since, reason, by, at }: NewRetirement): Promise<void> {
  const row = { since, reason: reason ?? null, by_whom: by, at }
  await db
    .insertInto('retirements')
    .values({ account, ...row })
    .onConflict(conflict => conflict.column('account').doUpdateSet(row))
    .execute()
}

/** Removes the mark; false if there was none. */
export async function removeRetirement(db: Db, account: number): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('retirements').where('account', '=', account).executeTakeFirst()
  return numDeletedRows === 1n
}

/** The retirements of some accounts that hold at an instant, by the account's key. */
export async function readRetirements(db: Db, now: Instant, accounts: AccountKeys): Promise<Map<number, Retirement>> {
  const retirements = db.selectFrom('retirements').selectAll().where('since', '<=', now)
  const rows = await retirements.where(isAmong('account', accounts)).execute()
  return new Map(rows.map(({ account, since, reason }) => [account, { since, reason: reason ?? 'it was retired' }]))
}
