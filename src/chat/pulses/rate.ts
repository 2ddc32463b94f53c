import { needsNote } from '../../domain/pulses/pulse-state.ts'
import { accountByIdOrNone } from '../../store/accounts/find-accounts.ts'
import { ratedCard } from '../../views/pulses/rated-card.ts'
import { allow } from '../../work/people/allow.ts'
import { identify } from '../../work/people/identify.ts'
import { pulseOfToday, rateAccount } from '../../work/pulses/rate-account.ts'
import type { ButtonHandler } from '../button-handler.ts'
import { outOfDate } from '../form.ts'
import { openNote } from './pulse-note.ts'

/** The button's value: the rating, and the account's id. */
function pressedOf(value: string): { readonly rating: number; readonly id: string } {
  const [, rating, id] = /^([1-5]) (.+)$/s.exec(value) ?? []
  if (rating === undefined || id === undefined) throw outOfDate()
  return { rating: Number(rating), id }
}

/** Rates an account with one press; a 1 or a 5 asks why. */
export const pulseRate: ButtonHandler = async (context, press) => {
  const caller = await identify(context, press.actor)
  const { rating, id } = pressedOf(press.value)
  const account = await accountByIdOrNone(context.connection.db, id)
  if (account === undefined) throw outOfDate()
  if (needsNote(rating)) return openNote(context, press, account, rating)
  await allow(context, caller, 'pulse.submit', `account:${id}`, id)
  const now = context.clock()
  const hadNote = (await pulseOfToday(context, caller, account, now))?.note ?? ''
  const effect = await rateAccount(context, caller, account, { rating }, now)
  const card = ratedCard(account, { rating, hasNote: hadNote !== '' }, effect)
  return { kind: 'card', card, audience: 'caller', isResult: true }
}
