import { setImmediate as pause } from 'node:timers/promises'
import { valueAt } from '../../domain/accounts/account.ts'
import { groupedBy } from '../../domain/grouped.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'
import { accountsInParts, type ListedAccount } from './account-list.ts'

export type ValueNow = { readonly account: ListedAccount; readonly value: string }

/** Accounts per query: a few milliseconds. */
const SLICE = 5_000

/** The present value of an attribute for every account, part by part, so that nobody waits for all of it. */
export async function* valuesNow(db: Db, attribute: string, now: Instant): AsyncGenerator<ValueNow> {
  for await (const accounts of accountsInParts(db, SLICE)) {
    const rows = await db
      .selectFrom('account_attributes')
      .select(['account', 'known_from as from', 'value'])
      .where('account', '>=', accounts[0]?.key ?? 0)
      .where('account', '<=', accounts.at(-1)?.key ?? 0)
      .where('attribute', '=', attribute)
      .orderBy('account')
      .orderBy('known_from')
      .execute()
    const values = groupedBy(rows, ({ account }) => account)
    for (const account of accounts) {
      const value = valueAt(values.get(account.key) ?? [], now)?.value
      if (value) yield { account, value }
    }
    await pause()
  }
}
