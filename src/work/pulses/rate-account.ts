import type { Context } from '../../context.ts'
import { PULSE_STANDS_DAYS } from '../../domain/pulses/pulse-due.ts'
import { DAY, type Instant } from '../../domain/time/instant.ts'
import { dayIn, instantAt } from '../../domain/time/zoned-time.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { type GivenPulse, pulsesGivenSince } from '../../store/pulses/pulses.ts'
import type { Caller } from '../people/identify.ts'
import { timeZoneOf } from '../schedule/business-calendar.ts'
import { type PulseEffect, recordPulse } from './record-pulse.ts'

export type Rating = { readonly rating: number; readonly note?: string; readonly reasons?: readonly string[] }

/** Keeps a rating from the list of pulses. It corrects what the same person said of the account earlier that day. */
export async function rateAccount(
  context: Context,
  caller: Caller,
  account: ListedAccount,
  { rating, note, reasons }: Rating,
  now: Instant,
): Promise<PulseEffect> {
  const by = caller.email ?? caller.name
  const before = await pulseOfToday(context, caller, account, now)
  const said = { rating, note: note ?? before?.note ?? '', reasons: reasons ?? before?.reasons ?? [] }
  if (before !== undefined) return recordPulse(context, account, { ...before, account: account.key, by, ...said }, now)
  const expiresAt = now + PULSE_STANDS_DAYS * DAY
  return recordPulse(context, account, { id: context.newId(), account: account.key, at: now, by, expiresAt, ...said })
}

/** What somebody said of an account since their midnight. */
export async function pulseOfToday(
  context: Context,
  caller: Caller,
  account: ListedAccount,
  now: Instant,
): Promise<GivenPulse | undefined> {
  const timeZone = await timeZoneOf(context, caller.email)
  const midnight = instantAt(timeZone, { day: dayIn(timeZone, now), time: 0 })
  return (await pulsesGivenSince(context.connection.db, caller.email ?? caller.name, midnight)).get(account.key)
}
