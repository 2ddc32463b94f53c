import * as z from 'zod'
import type { Context } from '../../context.ts'
import { needsNote } from '../../domain/pulses/pulse-state.ts'
import { BotError } from '../../errors.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { accountByIdOrNone } from '../../store/accounts/find-accounts.ts'
import { type NotedPulse, pulseNoteForm as view } from '../../views/pulses/pulse-note-form.ts'
import { ratedCard } from '../../views/pulses/rated-card.ts'
import { identify } from '../../work/people/identify.ts'
import { pulseOfToday, rateAccount } from '../../work/pulses/rate-account.ts'
import type { ButtonHandler } from '../button-handler.ts'
import { form, outOfDate, wrong } from '../form.ts'
import type { Press, Reply } from '../port.ts'
import { noteValues, SAY_WHY } from './pulse-values.ts'

/** Why somebody rated as they did: required for a 1 or a 5, optional for the rest. */
export const pulseNoteForm = form({
  id: 'pulse-note',
  act: 'pulse.submit',
  state: z.object({ account: z.string(), rating: z.number().int().min(1).max(5) }),
  subject: (_context, { state: { account } }) => ({ subject: `account:${account}`, account }),
  values: noteValues,
  fields: (_context, about: NotedPulse) => view(about),
  closed: 'Use /health pulse NAME.',
  async submit(context, { caller, state: { account: id, rating }, values, now }) {
    const account = await accountByIdOrNone(context.connection.db, id)
    if (account === undefined) throw outOfDate()
    if (needsNote(rating) && values.note === '') return wrong('note', SAY_WHY)
    const effect = await rateAccount(context, caller, account, { rating, ...values }, now)
    const card = ratedCard(account, { rating, hasNote: values.note !== '' }, effect)
    return { kind: 'card', card, isResult: true }
  },
})

/** The button's value is the account's id. */
export const pulseNote: ButtonHandler = async (context, press) => {
  const caller = await identify(context, press.actor)
  const account = await accountByIdOrNone(context.connection.db, press.value)
  if (account === undefined) throw outOfDate()
  const given = await pulseOfToday(context, caller, account, context.clock())
  if (given === undefined) {
    throw new BotError('no_pulse_today', `You did not rate ${account.name} today.`, 'Rate it first: /health pulses')
  }
  return openNote(context, press, account, given.rating)
}

export async function openNote(
  context: Context,
  { actor, canOpenForm }: Pick<Press, 'actor' | 'canOpenForm'>,
  account: ListedAccount,
  rating: number,
): Promise<Reply> {
  const caller = await identify(context, actor)
  const given = await pulseOfToday(context, caller, account, context.clock())
  return pulseNoteForm.open(context, canOpenForm, {
    caller,
    subject: { subject: `account:${account.id}`, account: account.id },
    about: { name: account.name, rating, note: given?.note ?? '', reasons: given?.reasons ?? [] },
    state: { account: account.id, rating },
  })
}
