import type { Context } from '../../context.ts'
import { maySee } from '../../domain/alerts/confidential.ts'
import type { Divergence } from '../../domain/alerts/divergence.ts'
import { wideDivergence } from '../../domain/alerts/divergence.ts'
import { assess } from '../../domain/scoring/score.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { ownerOfAccount } from '../../store/accounts/account-owner.ts'
import { unresolvedAlerts } from '../../store/alerts/alerts.ts'
import { lastPulseOrNone } from '../../store/pulses/pulses.ts'
import { observeAccount } from '../../store/scoring/observations.ts'
import { identify } from '../people/identify.ts'

/** How far the pulse is from the data, for those who may know, and only when nobody else sees the answer. */
export async function ownDivergenceOrNone(
  context: Context,
  { actor, isPrivate }: { readonly actor: { platform: string; userId: string }; readonly isPrivate: boolean },
  account: ListedAccount,
  now: Instant,
): Promise<(Divergence & { readonly isOwn: boolean }) | undefined> {
  if (!isPrivate) return undefined
  const { db } = context.connection
  const { model } = context.settings
  const observed = await observeAccount(context.connection, account.key, now)
  const found = wideDivergence(model, observed, assess(model, observed, now))
  if (found === undefined) return undefined
  const caller = await identify(context, actor)
  const alert = (await unresolvedAlerts(db, account.key)).find(({ kind }) => kind === 'pulse_divergence')
  const owner = await ownerOfAccount(db, account.key, now)
  if (!maySee(caller, { kind: 'pulse_divergence', owner, holder: alert?.claimedBy })) return undefined
  const last = await lastPulseOrNone(db, account.key, now)
  return { ...found, isOwn: last !== undefined && last.by === caller.email && last.rating === found.rating }
}
