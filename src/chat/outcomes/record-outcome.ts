import type { Context } from '../../context.ts'
import type { Outcome } from '../../domain/outcomes/outcome.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { retirementOrNone } from '../../store/accounts/customers.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { listOutcomes, saveOutcomes } from '../../store/outcomes/outcomes.ts'
import type { Card } from '../../views/card.ts'
import { outcomeCard } from '../../views/outcomes/outcome-card.ts'
import type { Caller } from '../../work/people/identify.ts'

/** What somebody says happened. */
export type SaidOutcome = Pick<Outcome, 'kind' | 'on' | 'reasonCode' | 'note' | 'arr'>

/** Records what somebody reported, and who did; a repeat changes nothing. */
export async function recordOutcome(
  { connection, clock }: Context,
  account: ListedAccount,
  said: SaidOutcome,
  caller: Caller,
): Promise<Card> {
  const [who, now] = [caller.email ?? caller.name, clock()]
  const { kind, on, reasonCode } = said
  const outcome = { ...said, account: account.key, source: who, recordedAt: now }
  return inTransaction(connection.db, async db => {
    const { unchanged } = await saveOutcomes(db, [outcome])
    if (unchanged === 0) {
      const isNow = `${kind} on ${on}${reasonCode === undefined ? '' : `: ${reasonCode}`}`
      const subject = `account:${account.id}`
      await recordAudit(db, { at: now, who, act: 'outcome.record', subject, account: account.id, isNow })
    }
    const sameDay = (await listOutcomes(db, account.key)).filter(({ on }) => on === outcome.on)
    const isRetired = (await retirementOrNone(db, account.key)) !== undefined
    return outcomeCard(account, outcome, { isNew: unchanged === 0, isRetired, sameDay })
  })
}
