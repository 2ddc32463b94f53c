import { DAY, type Duration, dayOf, type Instant } from '../time/instant.ts'

/** What decides whether a pulse is due: the last one, the owner and since when, and recent events. */
export type PulseFacts = {
  readonly last?: { readonly at: Instant; readonly expiresAt?: Instant }
  readonly ownedSince: Instant
  /** The newest of each, after the last pulse. */
  readonly events: Readonly<Partial<Record<PulseEvent, Instant>>>
}

export const PULSE_EVENTS = ['renewal', 'complaint', 'meeting'] as const
export type PulseEvent = (typeof PULSE_EVENTS)[number]

/** What counts as each. Signals of 0 say that there was none. */
export const EVENT_METRICS: Readonly<Record<Exclude<PulseEvent, 'renewal'>, readonly string[]>> = {
  complaint: ['complaint', 'complaints', 'escalation', 'escalations'],
  meeting: ['meeting'],
}

/** Why a pulse is due, and since when. */
export type PulseDue = { readonly reason: PulseEvent | 'expired' | 'old' | 'never'; readonly since: Instant }

/** How old a pulse may get. */
export const PULSE_CADENCE: Duration = 30 * DAY

/** How long a pulse stands, where the person who gives it says nothing else. */
export const PULSE_STANDS_DAYS = 90

/** Undefined if no pulse is due; an event is a better reason than mere age. */
export function pulseDue(
  { last, ownedSince, events }: PulseFacts,
  cadence: Duration,
  now: Instant,
): PulseDue | undefined {
  for (const reason of PULSE_EVENTS) {
    const since = events[reason]
    if (since !== undefined && since <= now) return { reason, since }
  }
  if (last?.expiresAt !== undefined && last.expiresAt <= now) return { reason: 'expired', since: last.expiresAt }
  const since = (last?.at ?? ownedSince) + cadence
  return since > now ? undefined : { reason: last === undefined ? 'never' : 'old', since }
}

/** The one thing of which an owner is reminded once: an event, or the age of a pulse. */
export function pulseSubject(account: string, { last }: Pick<PulseFacts, 'last'>, { reason }: PulseDue): string {
  const day = last === undefined ? 'none' : dayOf(last.at)
  const happened = PULSE_EVENTS.some(event => event === reason) ? `:${reason}` : ''
  return `pulse:${account}:${day}${happened}`
}
