import type { Context } from '../../context.ts'
import { maySee } from '../../domain/alerts/confidential.ts'
import type { Divergence } from '../../domain/alerts/divergence.ts'
import { wideDivergence } from '../../domain/alerts/divergence.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { lastPulseOrNone } from '../../store/pulses/pulses.ts'
import { type CheckedAccount, ownerAt } from '../accounts/check-account.ts'
import { identify } from '../people/identify.ts'

/** How far the pulse is from the data, for those who may know, and only if nobody else sees the answer. */
export async function ownDivergenceOrNone(
  context: Context,
  { actor, isPrivate }: { readonly actor: { platform: string; userId: string }; readonly isPrivate: boolean },
  { key, observed, health, openAlerts }: CheckedAccount,
  now: Instant,
): Promise<(Divergence & { readonly isOwn: boolean }) | undefined> {
  if (!isPrivate) return undefined
  const found = wideDivergence(context.settings.model, observed, health.now)
  if (found === undefined) return undefined
  const caller = await identify(context, actor)
  const alert = openAlerts.find(({ kind }) => kind === 'pulse_divergence')
  const owner = ownerAt(observed, now)
  if (!maySee(caller, { kind: 'pulse_divergence', owner, holder: alert?.claimedBy })) return undefined
  const last = await lastPulseOrNone(context.connection.db, key, now)
  return { ...found, isOwn: last !== undefined && last.by === caller.email && last.rating === found.rating }
}
