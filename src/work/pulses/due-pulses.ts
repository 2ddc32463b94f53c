import type { Context } from '../../context.ts'
import { PULSE_METRIC } from '../../domain/pulses/pulse.ts'
import {
  EVENT_METRICS,
  PULSE_CADENCE,
  type PulseDue,
  type PulseFacts,
  pulseDue,
} from '../../domain/pulses/pulse-due.ts'
import type { PulseState } from '../../domain/pulses/pulse-state.ts'
import { newestAt, summaryOf } from '../../domain/scoring/readings/window.ts'
import { type Duration, type Instant, startOfDay } from '../../domain/time/instant.ts'
import { dayIn, instantAt } from '../../domain/time/zoned-time.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { accountsOwnedBy, type OwnedAccount } from '../../store/accounts/owned-accounts.ts'
import { type GivenPulse, lastPulseOrNone, pulsesGivenSince } from '../../store/pulses/pulses.ts'
import { type PutOff, readPutOff } from '../../store/pulses/pulses-put-off.ts'
import { observeAccount } from '../../store/scoring/observations.ts'
import { timeZoneOf } from '../schedule/business-calendar.ts'

export type DuePulse = { readonly account: ListedAccount; readonly due: PulseDue; readonly facts: PulseFacts }
export type ListedPulse = DuePulse & { readonly state: PulseState }

type Seen = Pick<Context, 'connection' | 'settings'>

/** The accounts of an owner that wait for a pulse, the longest waiting first. */
export async function duePulses(context: Seen, owner: string, now: Instant): Promise<DuePulse[]> {
  return (await pulseList(context, owner, now)).filter(({ state }) => state.kind === 'waiting')
}

/**
 * What waits today, in an order that stays: an account that was rated or put off since the owner's midnight keeps its
 * place, so that a mistake can be fixed.
 */
export async function pulseList(context: Seen, owner: string, now: Instant): Promise<ListedPulse[]> {
  const asked = context.settings.routes.pulse_cadence
  const cadence = asked === 'off' ? PULSE_CADENCE : asked
  const { db } = context.connection
  const timeZone = await timeZoneOf(context, owner)
  const midnight = instantAt(timeZone, { day: dayIn(timeZone, now), time: 0 })
  const given = await pulsesGivenSince(db, owner, midnight)
  const putOff = await readPutOff(db, owner)
  const found: ListedPulse[] = []
  for (const owned of await accountsOwnedBy(db, owner, now)) {
    const { key } = owned.account
    const pulse = given.get(key)
    const rest = putOff.get(key)
    const isResting = rest !== undefined && rest.until > now
    if (isResting && rest.at < midnight) continue
    const waiting = await dueOrNone(context, owned, cadence, now)
    // what was rated today stands where it stood before
    const entry = waiting ?? (pulse && (await dueOrNone(context, owned, cadence, pulse.firstAt - 1)))
    if (entry === undefined) continue
    found.push({ ...entry, state: waiting === undefined ? ratedState(pulse) : restState(isResting ? rest : undefined) })
  }
  return found.sort((a, b) => a.due.since - b.due.since || a.account.name.localeCompare(b.account.name))
}

async function dueOrNone(
  context: Seen,
  owned: OwnedAccount,
  cadence: Duration,
  at: Instant,
): Promise<DuePulse | undefined> {
  const facts = await factsOfPulse(context, owned, cadence, at)
  const due = pulseDue(facts, cadence, at)
  return due && { account: owned.account, due, facts }
}

function ratedState(pulse: GivenPulse | undefined): PulseState {
  return { kind: 'rated', rating: pulse?.rating ?? 0, hasNote: (pulse?.note ?? '') !== '' }
}

function restState(rest: PutOff | undefined): PulseState {
  return rest === undefined ? { kind: 'waiting' } : { kind: 'put-off', until: rest.until, isSkipped: rest.isSkipped }
}

async function factsOfPulse(
  { connection }: Pick<Context, 'connection'>,
  { account, since }: OwnedAccount,
  cadence: Duration,
  now: Instant,
): Promise<PulseFacts> {
  const { history, attribute } = await observeAccount(connection, account.key, now)
  const at = newestAt(history, PULSE_METRIC, now)
  const kept = await lastPulseOrNone(connection.db, account.key, now)
  const expiresAt = kept?.at === at ? kept?.expiresAt : undefined
  // What happened long ago is no longer a reason to ask.
  const after = Math.max(at ?? -Infinity, now - cadence)
  const newest = (metrics: readonly string[]) => {
    const seen = metrics.map(metric => summaryOf(history, { metric, after, until: now })).filter(({ sum }) => sum > 0)
    return seen.length === 0 ? undefined : Math.max(...seen.map(({ newestAt }) => newestAt))
  }
  const [meeting, complaint] = [newest(EVENT_METRICS.meeting), newest(EVENT_METRICS.complaint)]
  const renewal = startOfDay(attribute('renewal_on', now) ?? '')
  return {
    ...(at !== undefined && { last: { at, ...(expiresAt !== undefined && { expiresAt }) } }),
    ownedSince: since,
    events: {
      ...(meeting !== undefined && { meeting }),
      ...(complaint !== undefined && { complaint }),
      ...(renewal !== undefined && renewal > after && renewal <= now && { renewal }),
    },
  }
}
