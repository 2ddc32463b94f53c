import type { Context } from '../../context.ts'
import { laterToday, skippedUntil } from '../../domain/pulses/put-off.ts'
import { type Calendar, startOfWork } from '../../domain/time/business-time.ts'
import { type Instant, laterDay } from '../../domain/time/instant.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'
import { accountByIdOrNone } from '../../store/accounts/find-accounts.ts'
import { putOffPulse } from '../../store/pulses/pulses-put-off.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { putOffText } from '../../views/pulses/pulses-card.ts'
import { allow } from '../../work/people/allow.ts'
import { identify } from '../../work/people/identify.ts'
import { calendarOf } from '../../work/schedule/business-calendar.ts'
import type { ButtonHandler } from '../button-handler.ts'
import { outOfDate } from '../form.ts'
import type { Press, Reply } from '../port.ts'

/** Asks again about an account in a week. */
export const pulseSkip: ButtonHandler = (context, press) => putOff(context, press, skippedUntil, true)

/** Asks again in the afternoon, or when the next working day begins if the afternoon is over. */
export const pulseLater: ButtonHandler = (context, press) => putOff(context, press, later, false)

function later(now: Instant, calendar: Calendar): Instant {
  return laterToday(now, calendar) ?? startOfWork(laterDay(dayIn(calendar.timeZone, now), 1), calendar)
}

/** The button's value is the account's id. */
async function putOff(
  context: Context,
  { actor, value }: Press,
  untilWhen: (now: Instant, calendar: Calendar) => Instant,
  isSkipped: boolean,
): Promise<Reply> {
  const { connection, settings, clock } = context
  const caller = await identify(context, actor)
  await allow(context, caller, 'pulse.submit', `account:${value}`, value)
  const account = await accountByIdOrNone(connection.db, value)
  if (account === undefined) throw outOfDate()
  const now = clock()
  const calendar = await calendarOf(connection.db, settings.routes, caller.email)
  const until = untilWhen(now, calendar)
  await putOffPulse(connection.db, caller.email ?? caller.name, account.key, { at: now, until, isSkipped })
  const card = noticeCard(account.name, `${putOffText({ until, isSkipped }, calendar.timeZone)}.`)
  return { kind: 'card', card, audience: 'caller', isResult: true }
}
