import { groupedBy } from '../../domain/grouped.ts'
import { type Outcome, worstOfEachDay } from '../../domain/outcomes/outcome.ts'
import { startOfDay } from '../../domain/time/instant.ts'
import { listAccounts } from '../../store/accounts/account-list.ts'
import { retirementOrNone } from '../../store/accounts/customers.ts'
import { listOutcomes } from '../../store/outcomes/outcomes.ts'
import type { Db } from '../../store/tables.ts'
import { type Retiring, retireAccount } from '../accounts/retire-account.ts'

/** Retires the accounts whose last outcome is a churn, as of that day; returns how many. One that was won back stays. */
export async function retireChurned(db: Db, accounts: ReadonlySet<number>, retiring: Retiring): Promise<number> {
  const listed = new Map((await listAccounts(db)).map(account => [account.key, account]))
  let retired = 0
  for (const { account: key, on } of (await lastOutcomes(db, accounts)).filter(({ kind }) => kind === 'churned')) {
    const account = listed.get(key)
    if (account === undefined || (await retirementOrNone(db, key)) !== undefined) continue
    const since = Math.min(startOfDay(on) ?? retiring.now, retiring.now)
    await retireAccount(db, account, { ...retiring, since, reason: 'it churned' })
    retired += 1
  }
  return retired
}

async function lastOutcomes(db: Db, accounts: ReadonlySet<number>): Promise<Outcome[]> {
  const outcomes = worstOfEachDay(await listOutcomes(db)).filter(({ account }) => accounts.has(account))
  return [...groupedBy(outcomes, ({ account }) => account).values()].flatMap(own => own.at(-1) ?? [])
}
