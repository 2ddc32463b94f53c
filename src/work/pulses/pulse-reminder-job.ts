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
import { forgetPutOff, pulsesBack } from '../../store/pulses/pulses-put-off.ts'
import type { Db } from '../../store/tables.ts'
import type { Card } from '../../views/card.ts'
import { directMessageOrNone } from '../alerts/alert-destinations.ts'
import { calendarOf } from '../schedule/business-calendar.ts'
import { isolateFailures } from '../schedule/isolate-failures.ts'
import { type DuePulse, duePulses } from './due-pulses.ts'
import { pulsesCardFor } from './pulses-card-for.ts'

/**
 * Reminds owners of the pulses that are due, in their business hours: at most one message a day, and of one thing once;
 * and of those that they put off until now. The look of the day is noted together with its message.
 */
export async function remindOfPulses(context: Context): Promise<void> {
  const { connection, settings, clock } = context
  const { routes } = settings
  if (routes.pulse_cadence === 'off') return
  const now = clock()
  const { attempt, report } = isolateFailures()
  for (const owner of await listOwners(connection.db)) await attempt(REMINDER, () => remindOwner(context, owner, now))
  for (const [owner, accounts] of await pulsesBack(connection.db, now))
    await attempt(REMINDER, () => remindAgain(context, owner, accounts, now))
  report()
}

const REMINDER = 'a reminder of pulses'

async function remindOwner(context: Context, owner: string, now: Instant): Promise<void> {
  const reader = await readerAtWork(context, owner, now)
  if (reader === undefined) return
  const look = `pulses:${reader.day}`
  if (await wasReminded(context.connection.db, owner, look)) return
  await remind(context, { ...reader, look }, await duePulses(context, owner, now), now)
}

type Reader = { readonly owner: string; readonly place: Destination; readonly day: Day }

/** Undefined while somebody does not work, or cannot be reached. */
async function readerAtWork(
  { connection, settings, chats }: Context,
  owner: string,
  now: Instant,
): Promise<Reader | undefined> {
  const place = await directMessageOrNone(connection.db, owner)
  if (place === undefined || !chats.has(place.platform)) return undefined
  const calendar = await calendarOf(connection.db, settings.routes, owner)
  return isBusinessTime(now, calendar) ? { owner, place, day: localTimeAt(calendar.timeZone, now).day } : undefined
}

async function remind(
  context: Context,
  reader: Reader & { readonly look: string },
  due: readonly DuePulse[],
  now: Instant,
): Promise<void> {
  const { owner, place, day, look } = reader
  const card = await pulsesCardFor(context, owner, { platform: place.platform, page: 0 })
  await inTransaction(context.connection.db, async db => {
    if (!(await addReminder(db, owner, look, now))) return
    let isNews = false
    for (const { account, facts, due: reason } of due) {
      if (await addReminder(db, owner, pulseSubject(account.id, facts, reason), now)) isNews = true
    }
    if (isNews) await send(db, reader, card, Date.parse(day), now)
  })
  context.wakeSender()
}

async function remindAgain(context: Context, owner: string, accounts: readonly number[], now: Instant): Promise<void> {
  const { db } = context.connection
  const reader = await readerAtWork(context, owner, now)
  if (reader === undefined) return
  const due = await duePulses(context, owner, now)
  const card = await pulsesCardFor(context, owner, { platform: reader.place.platform, page: 0 })
  await inTransaction(db, async db => {
    await forgetPutOff(db, owner, now)
    if (due.some(({ account }) => accounts.includes(account.key))) await send(db, reader, card, now, now)
  })
  context.wakeSender()
}

async function send(db: Db, { owner, place }: Reader, card: Card, number: number, now: Instant): Promise<void> {
  const key = { subject: { of: 'person', id: owner }, purpose: 'pulses', number } as const
  await addMessage(db, { ...key, to: place, card, alerts: [], at: now, expiresAt: now + DAY })
}
