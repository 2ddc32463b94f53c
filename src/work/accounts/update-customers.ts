import { attributesAsked, isCustomer, whyRetired } from '../../domain/accounts/customer.ts'
import type { Condition } from '../../domain/model/condition.ts'
import type { Instant } from '../../domain/time/instant.ts'
import {
  addRetired,
  type Retirement,
  readAttributesNamed,
  readRetired,
  removeRetired,
} from '../../store/accounts/customers.ts'
import { readRetirements } from '../../store/accounts/retirements.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import type { Db } from '../../store/tables.ts'
import { endWithCustomer } from './end-with-customer.ts'

/**
 * Decides who is a customer by what is known now: of all accounts, or of some. What is open about an account that is
 * not one any more ends; one that returns is scored again, as if for the first time.
 */
export async function updateCustomers(
  db: Db,
  customers: Condition,
  now: Instant,
  accounts?: readonly number[],
): Promise<void> {
  await inTransaction(db, async db => {
    const wanted = await retirementsNow(db, customers, now, accounts)
    const present = await readRetired(db)
    for (const [account, retirement] of wanted) {
      const before = present.get(account)
      if (before?.reason === retirement.reason) continue
      await addRetired(db, account, { ...retirement, since: before?.since ?? retirement.since })
      if (before === undefined) await endWithCustomer(db, account, retirement.reason, now)
    }
    const isLookedAt = accounts === undefined ? () => true : isIn(new Set(accounts))
    for (const account of present.keys()) {
      if (!wanted.has(account) && isLookedAt(account)) await removeRetired(db, account)
    }
  })
}

/** What somebody said comes before what a file says. */
async function retirementsNow(
  db: Db,
  customers: Condition,
  now: Instant,
  accounts?: readonly number[],
): Promise<Map<number, Retirement>> {
  const attributes = await readAttributesNamed(db, attributesAsked(customers), accounts)
  const byCondition = [...attributes].flatMap(([account, attribute]) =>
    isCustomer(customers, attribute, now)
      ? []
      : [[account, { since: now, reason: whyRetired(customers, attribute, now) }] as const],
  )
  return new Map([...byCondition, ...(await readRetirements(db, now))])
}

function isIn(keys: ReadonlySet<number>) {
  return (key: number) => keys.has(key)
}
