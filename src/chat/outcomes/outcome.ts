import type { Context } from '../../context.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'
import { BotError } from '../../errors.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { listOutcomes, removeOutcomes } from '../../store/outcomes/outcomes.ts'
import { outcomesCard } from '../../views/outcomes/outcome-card.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { allow } from '../../work/people/allow.ts'
import { type Caller, identify } from '../../work/people/identify.ts'
import { findOneAccount } from '../accounts/find/find-account.ts'
import { audienceOf } from '../accounts/find/with-account.ts'
import type { Command } from '../command.ts'
import { readerZone } from '../people/reader-zone.ts'
import { parseOutcomeWords } from './outcome-words.ts'
import { recordOutcome } from './record-outcome.ts'

/** What really happened to an account: records it, takes it back, or lists what is recorded. */
export const outcome: Command = async (context, request, rest) => {
  const now = context.clock()
  const { name, act, on, ...said } = parseOutcomeWords(rest, dayIn(await readerZone(context, request), now))
  if (name === '') throw new BotError('no_name', 'Which account?', 'Write its name, such as /health outcome acme.')
  const account = await findOneAccount(context.connection, name, now)
  const audience = audienceOf(request)
  if (act === undefined) {
    const outcomes = await listOutcomes(context.connection.db, account.key)
    // A note is for colleagues only, as in the timeline.
    const shown = request.isPrivate ? outcomes : outcomes.map(({ note: _, ...outcome }) => outcome)
    return { kind: 'card', card: outcomesCard(account, shown), audience }
  }
  const caller = await identify(context, request.actor)
  await allow(context, caller, 'outcome.record', `account:${account.id}`, account.id)
  const card =
    act === 'remove'
      ? await remove(context, account, on, caller)
      : await recordOutcome(context, account, { kind: act, on, ...said }, caller)
  return { kind: 'card', card, audience }
}

async function remove({ connection, clock }: Context, { key, id, name }: ListedAccount, on: string, caller: Caller) {
  return inTransaction(connection.db, async db => {
    if (!(await removeOutcomes(db, key, on)))
      return noticeCard(name, `Nothing is recorded of ${name} on ${on}.`, `/health outcome ${id} lists what is.`)
    const who = caller.email ?? caller.name
    await recordAudit(db, { at: clock(), who, act: 'outcome.remove', subject: `account:${id}`, account: id, was: on })
    return noticeCard(name, `What was recorded of ${name} on ${on} is removed.`)
  })
}
