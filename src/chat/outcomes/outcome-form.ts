import * as z from 'zod'
import { OUTCOME_KINDS } from '../../domain/outcomes/outcome.ts'
import { shortText } from '../../domain/quoted.ts'
import { parseDay, startOfDay } from '../../domain/time/instant.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { accountByIdOrNone } from '../../store/accounts/find-accounts.ts'
import { outcomeForm as view } from '../../views/outcomes/outcome-form.ts'
import { retiredCard } from '../../views/outcomes/retired-card.ts'
import { retireAccount } from '../../work/accounts/retire-account.ts'
import { allow } from '../../work/people/allow.ts'
import { identify } from '../../work/people/identify.ts'
import { timeZoneOf } from '../../work/schedule/business-calendar.ts'
import { withAccount } from '../accounts/find/with-account.ts'
import { commandButton } from '../command-button.ts'
import { form, outOfDate, wrong } from '../form.ts'
import { amountOrNone } from './outcome-words.ts'
import { recordOutcome } from './record-outcome.ts'

/** The form for what happened to an account, from its button. */
export const openOutcome = commandButton((context, request, rest) =>
  withAccount(context, request, rest, 'outcome', async account => {
    const caller = await identify(context, request.actor)
    const opening = { caller, subject: subjectOf(account.id), about: account, state: { account: account.id } }
    return outcomeForm.open(context, request.canOpenForm, opening)
  }),
)

const ASK_DAY = 'Write a day such as 2026-10-01.'

export const outcomeForm = form({
  id: 'outcome',
  act: 'outcome.record',
  state: z.object({ account: z.string() }),
  subject: (_context, { state: { account } }) => subjectOf(account),
  values: z.object({
    kind: z.enum(OUTCOME_KINDS, 'Choose what happened.'),
    on: z
      .string(ASK_DAY)
      .trim()
      .refine(day => parseDay(day) !== undefined, ASK_DAY),
    reason: z.string().trim().max(60, 'Keep it within 60 characters.').default(''),
    arr: z
      .string()
      .trim()
      .default('')
      .refine(text => text === '' || amountOrNone(text) !== undefined, 'Write an amount such as 12000.'),
    note: z.string().trim().max(2_000, 'Keep it within 2,000 characters.').default(''),
    retire: z.array(z.literal('yes')).default([]),
  }),
  fields: async (context, { name }: ListedAccount, { email }) =>
    view(name, dayIn(await timeZoneOf(context, email), context.clock())),
  closed: 'Write /health outcome, the name, and what happened, such as churned --on 2026-10-01 --reason price.',
  async submit(context, { caller, state, values: { kind, on, reason, arr, note, retire }, now }) {
    const account = await accountByIdOrNone(context.connection.db, state.account)
    if (account === undefined) throw outOfDate()
    if (on > dayIn(await timeZoneOf(context, caller.email), now))
      return wrong('on', `${on} is in the future. An outcome is what has happened.`)
    if (retire.length > 0 && kind !== 'churned')
      return wrong('retire', 'Only a customer that churned is no longer one. Choose Churned, or leave this open.')
    const amount = amountOrNone(arr)
    const said = {
      ...{ kind, on },
      ...(reason !== '' && { reasonCode: shortText(reason) }),
      ...(note !== '' && { note }),
      ...(amount !== undefined && { arr: amount }),
    }
    const isResult = true
    if (retire.length === 0) {
      return { kind: 'card', card: await recordOutcome(context, account, said, caller), isResult }
    }
    await allow(context, caller, 'account.retire', `account:${account.id}`, account.id)
    await recordOutcome(context, account, said, caller)
    const { customers } = context.settings.routes
    const since = Math.min(startOfDay(on) ?? now, now)
    const by = caller.email ?? caller.name
    await retireAccount(context.connection.db, account, { since, reason: 'it churned', customers, by, now })
    return { kind: 'card', card: retiredCard(account, on), isResult }
  },
})

function subjectOf(account: string) {
  return { subject: `account:${account}`, account }
}
