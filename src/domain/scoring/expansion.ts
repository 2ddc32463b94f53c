import type { ObservedAccount } from '../accounts/account.ts'
import { type Facts, holds } from '../model/condition.ts'
import type { Model } from '../model/model.ts'
import { DAY, type Instant } from '../time/instant.ts'
import { shownChange } from './health.ts'
import type { Assessment } from './score.ts'
import type { Scoring } from './settle.ts'

/** What the conditions of expansion, alerts and filters may ask: everything, as of any instant. */
export function factsOf(
  account: ObservedAccount,
  assessedAt: (at: Instant) => Assessment,
  alertIsOpen: Facts['alertIsOpen'],
): Facts {
  return {
    score: at => assessedAt(at).score?.shown,
    scoreChange: (over, at) => shownChange(assessedAt(at - over), assessedAt(at)),
    band: at => assessedAt(at).score?.band.id,
    component: (id, at) => assessedAt(at).components.find(({ component }) => component.id === id)?.score,
    measure: (id, at) => assessedAt(at).readings.get(id)?.value,
    attribute: account.attribute,
    alertIsOpen,
  }
}

/** Whether the expansion rule holds as of an instant, and did on each of the days that it must be held. */
export function expansionHolds({ expansion }: Model, facts: Facts, at: Instant): boolean {
  if (expansion === undefined) return false
  const days = Math.floor(expansion.heldFor / DAY)
  return Array.from({ length: days + 1 }, (_, day) => at - day * DAY).every(day => holds(expansion.when, facts, day))
}

/** Ready at once when the rule holds; no longer after `dwell` scheduled scorings without it. */
export function settleExpansion(
  model: Model,
  holdsNow: boolean,
  wasReady: boolean,
  earlier: readonly Scoring[],
): boolean {
  if (holdsNow || !wasReady) return holdsNow
  const { dwell } = model.settling
  const run = [holdsNow, ...earlier.map(({ expansionHeld }) => expansionHeld)].slice(0, dwell)
  return run.length < dwell || run.some(held => held)
}
