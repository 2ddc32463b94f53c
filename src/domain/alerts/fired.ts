import type { ObservedAccount } from '../accounts/account.ts'
import type { Model } from '../model/model.ts'
import { topDriver } from '../scoring/driver.ts'
import { expansionHolds, factsOf } from '../scoring/expansion.ts'
import { CAP, type Health, healthOf } from '../scoring/health.ts'
import type { Outlined } from '../scoring/outline.ts'
import { bareVerdict } from '../scoring/settle.ts'
import { lostOf } from '../scoring/weigh.ts'
import type { Instant } from '../time/instant.ts'
import type { AlertKind } from './alert-kind.ts'
import { alertsThatHold } from './alert-rules.ts'

/** What of a model had an effect on one account as of one instant. */
export type FiredAt = {
  readonly driver?: string
  /** By their place in the model. */
  readonly caps: readonly number[]
  readonly alerts: readonly AlertKind[]
  readonly expansion: boolean
}

/** By today's numbers alone, before anything settles. */
export function firedAt(
  model: Model,
  account: ObservedAccount,
  outlineAt: (at: Instant) => Outlined,
  at: Instant,
): FiredAt {
  const health = healthOf(model, outlineAt, at, [])
  const expansion = expansionHolds(
    model,
    factsOf(model, account, outlineAt, () => false),
    at,
  )
  const driver = drivenBy(health)
  const found = { model, account, health, verdict: bareVerdict(health.now), expansionReady: expansion }
  return {
    ...(driver !== undefined && { driver }),
    caps: health.now.caps.flatMap((cap, index) => (cap.holds ? [index] : [])),
    alerts: alertsThatHold(found),
    expansion,
  }
}

/** The top driver, where it costs anything at all: of an account that is well, it is only the first in the list. */
function drivenBy(health: Health): string | undefined {
  const driver = topDriver(health)
  const { parts, counted } = health.now
  const part = parts.find(({ component }) => component.id === driver)
  const lost = part === undefined ? 0 : lostOf(part, counted)
  const fell = -(health.moves?.find(({ id }) => id === driver)?.points ?? 0)
  return driver === CAP || Math.max(lost, fell) >= 0.5 ? driver : undefined
}
