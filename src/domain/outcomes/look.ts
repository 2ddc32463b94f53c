import type { ObservedAccount } from '../accounts/account.ts'
import { usesOf } from '../model/attribute-uses.ts'
import type { Model, Role } from '../model/model.ts'
import { PULSE_METRIC } from '../pulses/pulse.ts'
import { PULSE_STANDS_DAYS } from '../pulses/pulse-due.ts'
import {
  allMeasures,
  type CompiledMeasure,
  type CompiledScaledMeasure,
  compiledModel,
} from '../scoring/compiled-model.ts'
import type { Outlined } from '../scoring/outline.ts'
import type { Readings } from '../scoring/readings/readings.ts'
import { scoreOn } from '../scoring/readings/scale.ts'
import { newestAt, summaryOf } from '../scoring/readings/window.ts'
import { bareVerdict } from '../scoring/settle.ts'
import { DAY, type Instant } from '../time/instant.ts'

/** What the model said of an account at an instant, in as little as judging it later needs. Plain data. */
export type Look = {
  readonly at: Instant
  /** Absent when nothing was known. */
  readonly score?: { readonly value: number; readonly shown: number; readonly role: Role }
  /** The band, or `unknown` where too little was known for a verdict. */
  readonly verdict: string
  readonly coverage: number
  /** The attribute, not the model's segment. */
  readonly segment?: string
  readonly owner?: string
  /** The owner's, 1 to 5, as long as one stands. */
  readonly pulse?: number
  /** By component, in the model's order: its score, and the weight that the account's segment gives it, if its own. */
  readonly components: readonly (number | undefined)[]
  readonly own: readonly (number | undefined)[]
  /** The lowest cap that held, else 100. */
  readonly cap: number
  /** By measure, in the order of `allMeasures`. */
  readonly measures: readonly MeasureLook[]
  /** The attributes that the model asks and that had a value. */
  readonly attributes: readonly string[]
  /** Days since the newest signal of any metric of the model. */
  readonly lastSeen?: number
}

/** A reading, and what it scores; a watched measure has no scale. */
export type MeasureLook = { readonly reading?: number; readonly score?: number }

export function lookOf(model: Model, observed: ObservedAccount, now: Outlined): Look {
  const { at, score, readings } = now
  const segment = model.segments.find(({ id }) => id === now.segment)
  const pulse = pulseOf(observed, at)
  const lastSeen = lastSeenOf(model, observed, at)
  const [segmentName, owner] = [observed.attribute('segment', at), observed.attribute('owner', at)]
  return {
    at,
    verdict: bareVerdict(now),
    coverage: now.coverage,
    components: now.parts.map(({ score }) => score),
    own: model.components.map(({ id }) => segment?.weights[id]),
    cap: Math.min(100, ...model.caps.filter((_, cap) => now.capsHold[cap]).map(({ atMost }) => atMost)),
    attributes: attributesOf(model).filter(name => observed.attribute(name, at) !== undefined),
    measures: compiledModel(model).measures.map(measure => measureLook(measure, readings, at)),
    ...(score !== undefined && { score: { value: score.value, shown: score.shown, role: score.band.role } }),
    ...(segmentName !== undefined && { segment: segmentName }),
    ...(owner !== undefined && { owner }),
    ...(pulse !== undefined && { pulse }),
    ...(lastSeen !== undefined && { lastSeen }),
  }
}

function measureLook(measure: CompiledMeasure, readings: Readings, at: Instant): MeasureLook {
  const reading = readings.isApplicable(measure, at) ? readings.value(measure, at) : Number.NaN
  if (Number.isNaN(reading)) return {}
  return isScaled(measure) ? { reading, score: scoreOn(measure.scale, reading) } : { reading }
}

function isScaled(measure: CompiledMeasure): measure is CompiledScaledMeasure {
  return 'scale' in measure
}

const attributeNames = new WeakMap<Model, readonly string[]>()

function attributesOf(model: Model): readonly string[] {
  const known = attributeNames.get(model) ?? [...usesOf(model).keys()]
  attributeNames.set(model, known)
  return known
}

function pulseOf({ history }: ObservedAccount, at: Instant): number | undefined {
  const stands = { metric: PULSE_METRIC, after: at - PULSE_STANDS_DAYS * DAY, until: at }
  const { count, newestValue } = summaryOf(history, stands)
  return count === 0 ? undefined : Math.min(5, Math.max(1, Math.round(newestValue)))
}

function lastSeenOf(model: Model, { history }: ObservedAccount, at: Instant): number | undefined {
  const metrics = allMeasures(model).flatMap(({ input }) => (input.from === 'metric' ? [input.metric] : []))
  const newest = Math.max(...[...new Set(metrics)].map(metric => newestAt(history, metric, at) ?? -Infinity))
  return newest === -Infinity ? undefined : (at - newest) / DAY
}
