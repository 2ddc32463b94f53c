import type { ObservedAccount } from '../accounts/account.ts'
import { type Facts, holds } from '../model/condition.ts'
import type { Model } from '../model/model.ts'
import { DAY, type Instant } from '../time/instant.ts'
import { shownChange } from './health.ts'
import type { Outline } from './outline.ts'
import { type Readings, readingsOf } from './readings/readings.ts'
import { hasDwelt, type Scoring } from './settle.ts'

/** What the conditions of expansion, alerts and filters may ask: everything, as of any instant. */
export function factsOf(
  model: Model,
  account: ObservedAccount,
  outlineAt: (at: Instant) => Outline,
  alertIsOpen: Facts['alertIsOpen'],
): Facts {
  return factsFrom(readingsOf(model, account), outlineAt, alertIsOpen)
}

/** The same, of readings that are there already. */
export function factsFrom(
  { facts }: Readings,
  outlineAt: (at: Instant) => Outline,
  alertIsOpen: Facts['alertIsOpen'],
): Facts {
  return {
    attribute: facts.attribute,
    measure: facts.measure,
    score: at => outlineAt(at).score?.shown,
    scoreChange: (over, at) => shownChange(outlineAt(at - over), outlineAt(at)),
    band: at => outlineAt(at).score?.band.id,
    component: (id, at) => outlineAt(at).parts.find(({ component }) => component.id === id)?.score,
    alertIsOpen,
  }
}

/** Whether the expansion rule holds as of an instant, and did on each of the days that it must be held. */
export function expansionHolds({ expansion }: Model, facts: Facts, at: Instant): boolean {
  if (expansion === undefined) return false
  const first = at - Math.floor(expansion.heldFor / DAY) * DAY
  for (let day = at; day >= first; day -= DAY) if (!holds(expansion.when, facts, day)) return false
  return true
}

/** Ready at once when the rule holds; no longer after `dwell` scheduled scorings without it. */
export function settleExpansion(
  model: Model,
  holdsNow: boolean,
  wasReady: boolean,
  earlier: readonly Scoring[],
): boolean {
  if (holdsNow || !wasReady) return holdsNow
  return !hasDwelt(model.settling.dwell, !holdsNow, earlier, ({ expansionHeld }) => !expansionHeld)
}
