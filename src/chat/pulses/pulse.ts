import * as z from 'zod'
import type { Context } from '../../context.ts'
import { needsNote } from '../../domain/pulses/pulse-state.ts'
import { DAY } from '../../domain/time/instant.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { accountByIdOrNone } from '../../store/accounts/find-accounts.ts'
import type { Card } from '../../views/card.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { pulseEffectCard } from '../../views/pulses/pulse-effect-card.ts'
import { pulseForm as view } from '../../views/pulses/pulse-form.ts'
import { identify } from '../../work/people/identify.ts'
import { recordPulse } from '../../work/pulses/record-pulse.ts'
import { timeZoneOf } from '../../work/schedule/business-calendar.ts'
import { withAccount } from '../accounts/find/with-account.ts'
import type { Command } from '../command.ts'
import { form, outOfDate, wrong } from '../form.ts'
import type { Request } from '../port.ts'
import { pulseValues, SAY_WHY } from './pulse-values.ts'

export const pulse: Command = (context, request, rest) =>
  withAccount(context, request, rest, 'pulse', account => opened(context, request, account))

export const pulseForm = form({
  id: 'pulse',
  act: 'pulse.submit',
  /** The pulse gets its id before it is sent, so that sending it twice makes one pulse. */
  state: z.object({ account: z.string(), pulse: z.string() }),
  subject: (_context, { state: { account } }) => subjectOf(account),
  values: pulseValues,
  fields: (_context, { name }: ListedAccount) => view(name),
  closed: buttonCard,
  async submit(context, { caller, state, values: { expires, ...said }, now }) {
    const account = await accountByIdOrNone(context.connection.db, state.account)
    if (account === undefined) throw outOfDate()
    if (needsNote(said.rating) && said.note === '') return wrong('note', SAY_WHY)
    const expiresAt = now + expires * DAY
    const by = caller.email ?? caller.name
    const written = { id: state.pulse, account: account.key, at: now, by, expiresAt, ...said }
    const effect = await recordPulse(context, account, written)
    const pulse = { rating: said.rating, standsUntil: dayIn(await timeZoneOf(context, caller.email), expiresAt) }
    return { kind: 'card', card: pulseEffectCard(context.settings.model, account, pulse, effect), isResult: true }
  },
})

async function opened(
  context: Context,
  { actor, canOpenForm }: Pick<Request, 'actor' | 'canOpenForm'>,
  account: ListedAccount,
) {
  const caller = await identify(context, actor)
  const state = { account: account.id, pulse: context.newId() }
  return pulseForm.open(context, canOpenForm, { caller, subject: subjectOf(account.id), about: account, state })
}

function subjectOf(account: string) {
  return { subject: `account:${account}`, account }
}

function buttonCard({ id, name }: ListedAccount): Card {
  return {
    ...noticeCard(name, 'Your pulse is one press away.'),
    buttons: [{ label: 'Submit pulse', action: 'pulse', value: id, opensForm: true, isOffer: true, style: 'primary' }],
  }
}
