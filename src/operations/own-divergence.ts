import type { Context } from '../context.ts'
import type { Divergence } from '../domain/divergence.ts'
import { wideDivergence } from '../domain/divergence.ts'
import type { Instant } from '../domain/instant.ts'
import { assess } from '../domain/score.ts'
import type { ListedAccount } from '../store/account-list.ts'
import { ownerOfAccount } from '../store/account-owner.ts'
import { observeAccount } from '../store/observations.ts'
import { lastPulseOrNone } from '../store/pulses.ts'
import { identify } from './identify.ts'

/** How far the pulse is from the data, for the account's owner alone, and only when nobody else sees the answer. */
export async function ownDivergenceOrNone(
  context: Context,
  { actor, isPrivate }: { readonly actor: { platform: string; userId: string }; readonly isPrivate: boolean },
  account: ListedAccount,
  now: Instant,
): Promise<(Divergence & { readonly isOwn: boolean }) | undefined> {
  if (!isPrivate) return undefined
  const { db } = context.connection
  const { model } = context.settings()
  const observed = observeAccount(context.connection, account.key, now)
  const found = wideDivergence(model, observed, assess(model, observed, now))
  if (found === undefined) return undefined
  const { email } = await identify(context, actor)
  if (email === undefined || email !== (await ownerOfAccount(db, account.key, now))) return undefined
  const last = await lastPulseOrNone(db, account.key, now)
  return { ...found, isOwn: last?.by === email && last.rating === found.rating }
}
