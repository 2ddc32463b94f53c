import type { SelectQueryBuilder } from 'kysely'
import { countCustomers } from '../accounts/account-list.ts'
import { countRetired } from '../accounts/customers.ts'
import type { Db, Tables } from '../tables.ts'
import { areAllScored } from './all-scored.ts'
import { isPart, mayBeUnscored, type PageWanted, scoredAs, unscored } from './wanted.ts'

/** Counts all accounts exactly, since that costs nothing; counts a part of them only up to `upTo`. */
export async function countWanted(db: Db, wanted: PageWanted, upTo: number): Promise<number> {
  if (!isPart(wanted)) return wanted.isRetired ? countRetired(db) : countCustomers(db)
  const scoredCount = await countUpTo(db, scoredAs(db, wanted).select('account').limit(upTo))
  if (!mayBeUnscored(wanted) || (await areAllScored(db))) return scoredCount
  return scoredCount + (await countUpTo(db, unscored(db, wanted).select('waiting.account').limit(upTo)))
}

async function countUpTo(db: Db, rows: SelectQueryBuilder<Tables, never, { account: number }>): Promise<number> {
  const { count } = await db
    .selectFrom(rows.as('counted'))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}
