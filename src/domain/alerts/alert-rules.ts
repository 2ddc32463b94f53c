import type { ObservedAccount } from '../accounts/account.ts'
import type { AlertRule, Measure, Model } from '../model/model.ts'
import { isAtLeast } from '../number.ts'
import { PULSE_METRIC } from '../pulses/pulse.ts'
import type { Health } from '../scoring/health.ts'
import { outline } from '../scoring/outline.ts'
import type { Assessment } from '../scoring/score.ts'
import { isSharpDrop, UNKNOWN, type Verdict } from '../scoring/settle.ts'
import { DAY, startOfDay } from '../time/instant.ts'
import { roleOf } from './alert.ts'
import type { AlertKind } from './alert-kind.ts'

/** What the rules of alerts look at. */
export type AlertCase = {
  readonly model: Model
  readonly account: ObservedAccount
  readonly health: Health
  readonly verdict: Verdict
  readonly expansionReady: boolean
}

/** The kinds of alert whose rule holds, in the order of the model. */
export function alertsThatHold(found: AlertCase): AlertKind[] {
  return found.model.alerts.filter(rule => ruleHolds(rule, found)).map(({ kind }) => kind)
}

function ruleHolds(rule: AlertRule, { model, account, health, verdict, expansionReady }: AlertCase): boolean {
  const role = roleOf(health.now.bands, verdict)
  switch (rule.kind) {
    case 'at_risk':
      return role === 'at_risk'
    case 'sharp_drop':
      return isSharpDrop(model, health.fall)
    case 'expansion_ready':
      return expansionReady
    case 'went_silent':
      return verdict === UNKNOWN
    case 'renewal_risk':
      return role !== 'healthy' && renewsWithin(account, health.now.at, rule.within)
    case 'pulse_divergence': {
      const divergence = pulseDivergence(model, account, health.now)
      return divergence !== undefined && isAtLeast(Math.abs(divergence.pulse - divergence.rest), rule.points)
    }
  }
}

function renewsWithin(account: ObservedAccount, at: number, within: number): boolean {
  const renewal = startOfDay(account.attribute('renewal_on', at) ?? '')
  if (renewal === undefined) return false
  const days = (renewal - at) / DAY
  return days >= 0 && days <= within / DAY
}

/** The pulse, its 0-100, next to the score that the rest makes without it; undefined when either is missing. */
export function pulseDivergence(
  model: Model,
  account: ObservedAccount,
  now: Assessment,
): { readonly rating: number; readonly pulse: number; readonly rest: number } | undefined {
  const pulse = now.components
    .filter(({ component }) => component.measures.some(isPulse))
    .flatMap(({ measures }) => measures)
    .find(({ measure, score }) => isPulse(measure) && score !== undefined)
  if (pulse?.score === undefined || pulse.reading.value === undefined) return undefined
  const rest = outline(withoutPulse(model), account, now.at).score
  return rest && { rating: pulse.reading.value, pulse: pulse.score, rest: rest.value }
}

const withoutPulses = new WeakMap<Model, Model>()

/** Made once for a model, since every account is assessed by it. */
function withoutPulse(model: Model): Model {
  const found = withoutPulses.get(model)
  if (found !== undefined) return found
  const components = model.components
    .map(component => ({ ...component, measures: component.measures.filter(measure => !isPulse(measure)) }))
    .filter(({ measures }) => measures.length > 0)
  const made = { ...model, components }
  withoutPulses.set(model, made)
  return made
}

function isPulse({ input }: Measure): boolean {
  return input.from === 'metric' && input.metric === PULSE_METRIC
}
