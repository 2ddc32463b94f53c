import type { Condition } from '../../domain/model/condition.ts'
import { dayOf, type Instant } from '../../domain/time/instant.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { type Retirement, retirementOrNone } from '../../store/accounts/customers.ts'
import { addRetirement, removeRetirement } from '../../store/accounts/retirements.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import type { Db } from '../../store/tables.ts'
import { updateCustomers } from './update-customers.ts'

/** Who retires an account, or takes that back. `customers` is the condition of routes.yaml. */
export type Retiring = { readonly customers: Condition; readonly by: string; readonly now: Instant }

/** Takes an account out of the rounds from `since` on; returns its retirement if that is in effect. */
export function retireAccount(
  db: Db,
  { key, id }: ListedAccount,
  { since, reason, customers, by, now }: Retiring & { readonly since: Instant; readonly reason?: string | undefined },
): Promise<Retirement | undefined> {
  return inTransaction(db, async db => {
    const mark = { account: key, since, by, at: now }
    await addRetirement(db, reason === undefined ? mark : { ...mark, reason })
    const isNow = `retired on ${dayOf(since)}${reason === undefined ? '' : `: ${reason}`}`
    await recordAudit(db, { at: now, who: by, act: 'account.retire', subject: `account:${id}`, account: id, isNow })
    await updateCustomers(db, customers, now, [key])
    return retirementOrNone(db, key)
  })
}

export type Unretired = {
  /** Whether anybody had retired it. */
  readonly wasMarked: boolean
  /** What still says that the account is not a customer, if anything does. */
  readonly retirement: Retirement | undefined
}

/** Undoes that. */
export function unretireAccount(
  db: Db,
  { key, id }: ListedAccount,
  { customers, by, now }: Retiring,
): Promise<Unretired> {
  return inTransaction(db, async db => {
    const wasMarked = await removeRetirement(db, key)
    const isNow = wasMarked ? 'no longer retired' : 'was not retired by anybody'
    await recordAudit(db, { at: now, who: by, act: 'account.unretire', subject: `account:${id}`, account: id, isNow })
    await updateCustomers(db, customers, now, [key])
    return { wasMarked, retirement: await retirementOrNone(db, key) }
  })
}
