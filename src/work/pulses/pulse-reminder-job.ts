import type { Context } from '../../context.ts'
import type { Destination } from '../../domain/delivery/destination.ts'
import { pulseSubject } from '../../domain/pulses/pulse-due.ts'
import { isBusinessTime } from '../../domain/time/business-time.ts'
import { DAY, type Day, type Instant } from '../../domain/time/instant.ts'
import { localTimeAt } from '../../domain/time/zoned-time.ts'
import { listOwners } from '../../store/accounts/owned-accounts.ts'
import { addMessage } from '../../store/delivery/outbox.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { addReminder, wasReminded } from '../../store/people/reminders.ts'
import { pulsesCard } from '../../views/pulses/pulses-card.ts'
import { directMessageOrNone } from '../alerts/alert-destinations.ts'
import { calendarOf } from '../schedule/business-calendar.ts'
import { type DuePulse, duePulses } from './due-pulses.ts'

/**
 * Reminds owners of the pulses that are due, in their business hours: at most one message a day, and of one thing once.
 * The look of the day is noted together with its message.
 */
export async function remindOfPulses(context: Context): Promise<void> {
  const { connection, settings, clock, chats } = context
  const { routes } = settings
  if (routes.pulse_cadence === 'off') return
  const now = clock()
  for (const owner of await listOwners(connection.db)) {
    const place = await directMessageOrNone(connection.db, owner)
    if (place === undefined || !chats.has(place.platform)) continue
    const calendar = await calendarOf(connection.db, routes, owner)
    const { day } = localTimeAt(calendar.timeZone, now)
    const look = `pulses:${day}`
    if (!isBusinessTime(now, calendar) || (await wasReminded(connection.db, owner, look))) continue
    await remind(
      context,
      { owner, place, day, look, timeZone: calendar.timeZone },
      await duePulses(context, owner, now),
      now,
    )
  }
}

type Look = {
  readonly owner: string
  readonly place: Destination
  readonly day: Day
  /** Of that day, as the reminders have it. */
  readonly look: string
  readonly timeZone: string
}

async function remind(
  { connection, wakeSender }: Context,
  { owner, place, day, look, timeZone }: Look,
  due: readonly DuePulse[],
  now: Instant,
): Promise<void> {
  await inTransaction(connection.db, async db => {
    if (!(await addReminder(db, owner, look, now))) return
    const news: DuePulse[] = []
    for (const entry of due) {
      const subject = pulseSubject(entry.account.id, entry.facts, entry.due)
      if (await addReminder(db, owner, subject, now)) news.push(entry)
    }
    if (news.length === 0) return
    const message = {
      subject: { of: 'person', id: owner },
      purpose: 'pulses',
      number: Date.parse(day),
      to: place,
      card: pulsesCard(news, timeZone),
      alerts: [],
    } as const
    await addMessage(db, { ...message, at: now, expiresAt: now + DAY })
  })
  wakeSender()
}
