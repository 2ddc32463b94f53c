import { createYielder } from '../../async/yielder.ts'
import { attributesAsked, isCustomer, whyRetired } from '../../domain/accounts/customer.ts'
import type { Condition } from '../../domain/model/condition.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { accountKeysInParts } from '../../store/accounts/account-list.ts'
import {
  addRetired,
  type Retirement,
  readAttributesNamed,
  readRetired,
  removeRetired,
} from '../../store/accounts/customers.ts'
import { readRetirements } from '../../store/accounts/retirements.ts'
import type { AccountKeys } from '../../store/engine/account-keys.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { slices } from '../../store/slices.ts'
import type { Db } from '../../store/tables.ts'
import { endWithCustomer } from './end-with-customer.ts'

/** Ending what is open about an account takes a millisecond or two, and other writers wait at most 100. */
const ENDED_TOGETHER = 25

/**
 * Decides who is a customer by what is known now: of all accounts, or of some. What is open about an account that is
 * no longer one is closed; one that returns is scored as if for the first time. Nearly always nothing changes, so
 * it checks first, and decides again in the transaction that writes.
 */
export async function updateCustomers(
  db: Db,
  customers: Condition,
  now: Instant,
  accounts?: AccountKeys,
): Promise<void> {
  const yieldIfDue = createYielder()
  for await (const part of accounts === undefined ? accountKeysInParts(db) : slices(accounts)) {
    await yieldIfDue()
    const changed = (await changesAmong(db, customers, now, part)).map(({ account }) => account)
    for (const some of slices(changed, ENDED_TOGETHER)) {
      await inTransaction(db, async db => {
        for (const change of await changesAmong(db, customers, now, some)) await apply(db, change, now)
      })
    }
  }
}

/** Absent: a customer. */
type Change = { readonly account: number; readonly was?: Retirement; readonly becomes?: Retirement }

async function changesAmong(db: Db, customers: Condition, now: Instant, accounts: AccountKeys): Promise<Change[]> {
  const present = await readRetired(db, accounts)
  const wanted = await retirementsNow(db, customers, now, accounts)
  return accounts.flatMap(account => {
    const [was, becomes] = [present.get(account), wanted.get(account)]
    return was?.reason === becomes?.reason ? [] : [{ account, ...(was && { was }), ...(becomes && { becomes }) }]
  })
}

async function apply(db: Db, { account, was, becomes }: Change, now: Instant): Promise<void> {
  if (becomes === undefined) return removeRetired(db, account)
  await addRetired(db, account, { ...becomes, since: was?.since ?? becomes.since })
  if (was === undefined) await endWithCustomer(db, account, becomes.reason, now)
}

/** What a person said takes precedence over a file. */
async function retirementsNow(
  db: Db,
  customers: Condition,
  now: Instant,
  accounts: AccountKeys,
): Promise<Map<number, Retirement>> {
  const attributes = await readAttributesNamed(db, attributesAsked(customers), accounts)
  const byCondition = [...attributes].flatMap(([account, attribute]) =>
    isCustomer(customers, attribute, now)
      ? []
      : [[account, { since: now, reason: whyRetired(customers, attribute, now) }] as const],
  )
  return new Map([...byCondition, ...(await readRetirements(db, now, accounts))])
}
