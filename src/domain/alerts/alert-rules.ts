import type { ObservedAccount } from '../accounts/account.ts'
import type { AlertRule, Measure, Model } from '../model/model.ts'
import { isAtLeast } from '../number.ts'
import { PULSE_METRIC } from '../pulses/pulse.ts'
import { type CompiledScaledMeasure, compiledModel } from '../scoring/compiled-model.ts'
import type { Health } from '../scoring/health.ts'
import { outlineFrom } from '../scoring/outline.ts'
import { type Readings, readingsOf } from '../scoring/readings/readings.ts'
import { scoreOn } from '../scoring/readings/scale.ts'
import type { Assessment } from '../scoring/score.ts'
import { isSharpDrop, UNKNOWN, type Verdict } from '../scoring/settle.ts'
import { DAY, startOfDay } from '../time/instant.ts'
import { roleOf } from './alert.ts'
import type { AlertKind } from './alert-kind.ts'

/** What alert rules look at. */
export type AlertCase = {
  readonly model: Model
  readonly account: ObservedAccount
  /** Those of the account, if they exist already. */
  readonly readings?: Readings
  readonly health: Health
  readonly verdict: Verdict
  readonly expansionReady: boolean
}

/** The kinds of alert whose rule holds, in the order of the model. */
export function alertsThatHold(found: AlertCase): AlertKind[] {
  const kinds: AlertKind[] = []
  for (const rule of found.model.alerts) if (ruleHolds(rule, found)) kinds.push(rule.kind)
  return kinds
}

function ruleHolds(rule: AlertRule, { model, account, readings, health, verdict, expansionReady }: AlertCase): boolean {
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
      const divergence = pulseDivergence(model, account, health.now, readings)
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
  readings = readingsOf(model, account),
): { readonly rating: number; readonly pulse: number; readonly rest: number } | undefined {
  const { pulses, rest: restOfModel, kept } = pulsesOf(model)
  if (pulses.length === 0) return undefined
  const ratings = pulses.map(measure => {
    const rating = readings.isApplicable(measure, now.at) ? readings.value(measure, now.at) : Number.NaN
    return { rating, pulse: scoreOn(measure.scale, rating) }
  })
  const pulse = ratings.find(({ rating }) => !Number.isNaN(rating))
  if (pulse === undefined) return undefined
  const known = kept.map(place => now.parts[place])
  const rest = outlineFrom(readingsOf(restOfModel, account), now.at, known).score
  return rest && { ...pulse, rest: rest.value }
}

type Pulses = {
  readonly pulses: readonly CompiledScaledMeasure[]
  readonly rest: Model
  /** For each component of the rest its place in the model; -1 for one that lost a pulse. */
  readonly kept: readonly number[]
}

const pulsesByModel = new WeakMap<Model, Pulses>()

/** Built once for a model, since it is used for every account. */
function pulsesOf(model: Model): Pulses {
  const found = pulsesByModel.get(model)
  if (found !== undefined) return found
  const pulses = compiledModel(model).components.flatMap(({ measures }) =>
    measures.filter(({ source }) => isPulse(source)),
  )
  const rest = withoutPulse(model)
  const made = { pulses, rest, kept: rest.components.map(component => model.components.indexOf(component)) }
  pulsesByModel.set(model, made)
  return made
}

function withoutPulse(model: Model): Model {
  const components = model.components
    .map(component => {
      const measures = component.measures.filter(measure => !isPulse(measure))
      return measures.length === component.measures.length ? component : { ...component, measures }
    })
    .filter(({ measures }) => measures.length > 0)
  return { ...model, components }
}

function isPulse({ input }: Measure): boolean {
  return input.from === 'metric' && input.metric === PULSE_METRIC
}
