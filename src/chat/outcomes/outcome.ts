import type { Context } from '../../context.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'
import { BotError } from '../../errors.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { retirementOrNone } from '../../store/accounts/customers.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { listOutcomes, removeOutcomes, saveOutcomes } from '../../store/outcomes/outcomes.ts'
import { outcomeCard, outcomesCard } from '../../views/outcomes/outcome-card.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { allow } from '../../work/people/allow.ts'
import { type Caller, identify } from '../../work/people/identify.ts'
import { findOneAccount } from '../accounts/find-account.ts'
import { audienceOf } from '../accounts/with-account.ts'
import type { Command } from '../command.ts'
import { readerZone } from '../people/reader-zone.ts'
import { type OutcomeWords, parseOutcomeWords } from './outcome-words.ts'

/** What really happened to an account: records it, takes it back, or lists what is recorded. */
export const outcome: Command = async (context, request, rest) => {
  const now = context.clock()
  const words = parseOutcomeWords(rest, dayIn(await readerZone(context, request), now))
  if (words.name === '')
    throw new BotError('no_name', 'Which account?', 'Write its name, such as /health outcome acme.')
  const account = await findOneAccount(context.connection, words.name, now)
  const audience = audienceOf(request)
  if (words.act === undefined) {
    const outcomes = await listOutcomes(context.connection.db, account.key)
    return { kind: 'card', card: outcomesCard(account, outcomes), audience }
  }
  const caller = await identify(context, request.actor)
  await allow(context, caller, 'outcome.record', `account:${account.id}`, account.id)
  const card =
    words.act === 'remove'
      ? await remove(context, account, words, caller)
      : await record(context, account, words, caller)
  return { kind: 'card', card, audience }
}

async function record(context: Context, account: ListedAccount, words: OutcomeWords, caller: Caller) {
  const { act, on, reasonCode, note, arr } = words
  if (act === undefined || act === 'remove') throw new Error('nothing to record')
  const [who, now] = [caller.email ?? caller.name, context.clock()]
  const said = {
    ...(reasonCode !== undefined && { reasonCode }),
    ...(note !== undefined && { note }),
    ...(arr !== undefined && { arr }),
  }
  const outcome = { account: account.key, kind: act, on, source: who, recordedAt: now, ...said }
  return inTransaction(context.connection.db, async db => {
    const { unchanged } = await saveOutcomes(db, [outcome])
    if (unchanged === 0) {
      const isNow = `${act} on ${on}${reasonCode === undefined ? '' : `: ${reasonCode}`}`
      await recordAudit(db, {
        at: now,
        who,
        act: 'outcome.record',
        subject: `account:${account.id}`,
        account: account.id,
        isNow,
      })
    }
    const sameDay = (await listOutcomes(db, account.key)).filter(({ on }) => on === outcome.on)
    const isRetired = (await retirementOrNone(db, account.key)) !== undefined
    return outcomeCard(account, outcome, { isNew: unchanged === 0, isRetired, sameDay })
  })
}

async function remove(
  { connection, clock }: Context,
  { key, id, name }: ListedAccount,
  { on }: OutcomeWords,
  caller: Caller,
) {
  return inTransaction(connection.db, async db => {
    if (!(await removeOutcomes(db, key, on)))
      return noticeCard(name, `Nothing is recorded of ${name} on ${on}.`, `/health outcome ${id} lists what is.`)
    const who = caller.email ?? caller.name
    await recordAudit(db, { at: clock(), who, act: 'outcome.remove', subject: `account:${id}`, account: id, was: on })
    return noticeCard(name, `What was recorded of ${name} on ${on} is removed.`)
  })
}
