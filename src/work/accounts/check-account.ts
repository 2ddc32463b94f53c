import type { Account, ObservedAccount } from '../../domain/accounts/account.ts'
import { type Alert, alertIsOpenAt } from '../../domain/alerts/alert.ts'
import type { Model } from '../../domain/model/model.ts'
import { foldEmail } from '../../domain/people/person.ts'
import { expansionHolds, factsOf } from '../../domain/scoring/expansion.ts'
import { type Health, healthOf, outlines } from '../../domain/scoring/health.ts'
import { announcedVerdict, type Verdict } from '../../domain/scoring/settle.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { alertsOf } from '../../store/alerts/alerts.ts'
import { announcedStatusOf } from '../../store/digests/announced.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { type Look, observeAccount } from '../../store/scoring/observations.ts'

/** An account as of an instant: its health, and what people are shown of it. */
export type CheckedAccount = {
  readonly key: number
  readonly account: Account
  readonly observed: ObservedAccount
  readonly health: Health
  readonly verdict: Verdict
  readonly expansionReady: boolean
  /** The alerts that are not resolved, oldest first. */
  readonly openAlerts: readonly Alert[]
}

/**
 * Loads one account and assesses it, with what is known today, or as `look` says. It shows what was settled last; before any
 * settling, the bare band.
 */
export async function checkAccount(
  connection: Connection,
  model: Model,
  { key, id, name }: ListedAccount,
  at: Instant,
  look?: Look,
): Promise<CheckedAccount> {
  const [observed, alerts, last] = await Promise.all([
    observeAccount(connection, key, at, look),
    alertsOf(connection.db, key),
    announcedStatusOf(connection.db, key, at),
  ])
  // Scorings under another model do not count: under this one nothing has been announced yet.
  const announced = last?.model === model.version ? last : undefined
  const outlineAt = outlines(model, observed)
  const health = healthOf(model, outlineAt, at)
  const facts = factsOf(model, observed, outlineAt, (kind, at) => alertIsOpenAt(alerts, kind, at))
  return {
    key,
    account: { id, name },
    observed,
    health,
    verdict: announcedVerdict(health.now, announced?.verdict),
    expansionReady: announced?.expansionReady ?? expansionHolds(model, facts, at),
    openAlerts: alerts.filter(({ openedAt, resolvedAt = Infinity }) => openedAt <= at && resolvedAt > at),
  }
}

/** The e-mail of the account's owner as of an instant. */
export function ownerAt({ attribute }: ObservedAccount, at: Instant): string | undefined {
  const owner = attribute('owner', at)
  return owner === undefined ? undefined : foldEmail(owner)
}
