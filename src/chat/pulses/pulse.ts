import { z } from 'zod'
import type { Context } from '../../context.ts'
import { DAY } from '../../domain/time/instant.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { accountByIdOrNone } from '../../store/accounts/accounts.ts'
import type { Card } from '../../views/card.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { pulseEffectCard } from '../../views/pulses/pulse-effect-card.ts'
import { pulseForm as view } from '../../views/pulses/pulse-form.ts'
import { identify } from '../../work/people/identify.ts'
import { duePulses } from '../../work/pulses/due-pulses.ts'
import { recordPulse } from '../../work/pulses/record-pulse.ts'
import { timeZoneOf } from '../../work/schedule/business-calendar.ts'
import { withAccount } from '../accounts/with-account.ts'
import type { ButtonHandler } from '../button-handler.ts'
import type { Command } from '../command.ts'
import { form, outOfDate } from '../form.ts'
import type { Request } from '../port.ts'
import { pulseValues } from './pulse-values.ts'

/** The account to be rated, and whether others follow it. */
type About = { readonly account: ListedAccount; readonly isWalk: boolean }

export const pulse: Command = (context, request, rest) =>
  withAccount(context, request, rest, 'pulse', account => opened(context, request, account, false))

/** The form for one account of several that wait: what it leads to offers the next. */
export const pulseWalk: ButtonHandler = (context, press) =>
  withAccount(context, { isPrivate: true }, press.value, 'pulse-walk', account => opened(context, press, account, true))

export const pulseForm = form({
  id: 'pulse',
  act: 'pulse.submit',
  /** The pulse has its id before it is sent, so that sending the same twice makes one. */
  state: z.object({ account: z.string(), pulse: z.string(), isWalk: z.boolean().default(false) }),
  subject: (_context, { state: { account } }) => subjectOf(account),
  values: pulseValues,
  fields: (_context, { account: { name } }: About) => view(name),
  closed: buttonCard,
  async submit(context, { caller, state, values: { expires, ...said }, now }) {
    const account = await accountByIdOrNone(context.connection.db, state.account)
    if (account === undefined) throw outOfDate()
    const expiresAt = now + expires * DAY
    const by = caller.email ?? caller.name
    const written = { id: state.pulse, account: account.key, at: now, by, expiresAt, ...said }
    const effect = await recordPulse(context, account, written)
    const waiting = state.isWalk && caller.email !== undefined ? await duePulses(context, caller.email, now) : undefined
    const pulse = { rating: said.rating, standsUntil: dayIn(await timeZoneOf(context, caller.email), expiresAt) }
    return { kind: 'card', card: pulseEffectCard(context.settings.model, account, pulse, effect, waiting) }
  },
})

async function opened(
  context: Context,
  { actor, canOpenForm }: Pick<Request, 'actor' | 'canOpenForm'>,
  account: ListedAccount,
  isWalk: boolean,
) {
  const caller = await identify(context, actor)
  const state = { account: account.id, pulse: context.newId(), isWalk }
  return pulseForm.open(context, canOpenForm, {
    caller,
    subject: subjectOf(account.id),
    about: { account, isWalk },
    state,
  })
}

function subjectOf(account: string) {
  return { subject: `account:${account}`, account }
}

function buttonCard({ account: { id, name }, isWalk }: About): Card {
  const action = isWalk ? 'pulse-walk' : 'pulse'
  return {
    ...noticeCard(name, 'Your pulse is one press away.'),
    buttons: [{ label: 'Submit pulse', action, value: id, opensForm: true, isOffer: true, style: 'primary' }],
  }
}
