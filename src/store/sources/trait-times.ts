import type { Instant } from '../../domain/time/instant.ts'
import { inTransaction } from '../engine/transaction.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'

/** When each trait of an account was last set, by the account's key. */
export async function readTraitTimes(db: Db, accounts: readonly number[]): Promise<Map<number, Map<string, Instant>>> {
  const times = new Map<number, Map<string, Instant>>()
  for (const part of slices(accounts)) {
    for (const { account, trait, at } of await db
      .selectFrom('trait_times')
      .selectAll()
      .where('account', 'in', part)
      .execute()) {
      times.set(account, (times.get(account) ?? new Map()).set(trait, at))
    }
  }
  return times
}

export async function saveTraitTimes(
  db: Db,
  rows: readonly { readonly account: number; readonly trait: string; readonly at: Instant }[],
): Promise<void> {
  if (rows.length === 0) return
  await inTransaction(db, async db => {
    for (const part of slices(rows)) {
      await db
        .insertInto('trait_times')
        .values(part)
        .onConflict(conflict =>
          conflict.columns(['account', 'trait']).doUpdateSet(({ ref }) => ({ at: ref('excluded.at') })),
        )
        .execute()
    }
  })
}
