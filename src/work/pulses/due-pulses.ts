import type { Context } from '../../context.ts'
import { PULSE_METRIC } from '../../domain/pulses/pulse.ts'
import {
  EVENT_METRICS,
  PULSE_CADENCE,
  type PulseDue,
  type PulseFacts,
  pulseDue,
} from '../../domain/pulses/pulse-due.ts'
import { newestAt, summaryOf } from '../../domain/scoring/window.ts'
import { type Duration, type Instant, startOfDay } from '../../domain/time/instant.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { accountsOwnedBy, type OwnedAccount } from '../../store/accounts/owned-accounts.ts'
import { lastPulseOrNone } from '../../store/pulses/pulses.ts'
import { observeAccount } from '../../store/scoring/observations.ts'

export type DuePulse = { readonly account: ListedAccount; readonly due: PulseDue; readonly facts: PulseFacts }

/** The accounts of an owner that wait for a pulse, the longest waiting first. */
export async function duePulses(
  context: Pick<Context, 'connection' | 'settings'>,
  owner: string,
  now: Instant,
): Promise<DuePulse[]> {
  const asked = context.settings.routes.pulse_cadence
  const cadence = asked === 'off' ? PULSE_CADENCE : asked
  const found: DuePulse[] = []
  for (const owned of await accountsOwnedBy(context.connection.db, owner, now)) {
    const facts = await factsOfPulse(context, owned, cadence, now)
    const due = pulseDue(facts, cadence, now)
    if (due !== undefined) found.push({ account: owned.account, due, facts })
  }
  return found.sort((a, b) => a.due.since - b.due.since || a.account.name.localeCompare(b.account.name))
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
