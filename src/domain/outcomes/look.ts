import type { ObservedAccount } from '../accounts/account.ts'
import type { Model, Role } from '../model/model.ts'
import { allMeasures } from '../scoring/compiled-model.ts'
import type { Assessment } from '../scoring/score.ts'
import { newestAt } from '../scoring/window.ts'
import { DAY, type Instant } from '../time/instant.ts'
import { usesOf } from './attribute-uses.ts'

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

export function lookOf(model: Model, observed: ObservedAccount, now: Assessment): Look {
  const { at, score } = now
  const segment = model.segments.find(({ id }) => id === now.segment)
  const scores = new Map(now.components.flatMap(({ measures }) => measures.map(part => [part.measure.id, part.score])))
  const lastSeen = lastSeenOf(model, observed, at)
  const [segmentName, owner] = [observed.attribute('segment', at), observed.attribute('owner', at)]
  return {
    at,
    verdict: now.isCovered && score !== undefined ? score.band.id : 'unknown',
    coverage: now.coverage,
    components: now.components.map(({ score }) => score),
    own: now.components.map(({ component }) => segment?.weights[component.id]),
    cap: Math.min(100, ...now.caps.filter(({ holds }) => holds).map(({ atMost }) => atMost)),
    attributes: attributesOf(model).filter(name => observed.attribute(name, at) !== undefined),
    measures: allMeasures(model).map(({ id }) => {
      const [reading, score] = [now.readings.get(id)?.value, scores.get(id)]
      return { ...(reading !== undefined && { reading }), ...(score !== undefined && { score }) }
    }),
    ...(score !== undefined && { score: { value: score.value, shown: score.shown, role: score.band.role } }),
    ...(segmentName !== undefined && { segment: segmentName }),
    ...(owner !== undefined && { owner }),
    ...(lastSeen !== undefined && { lastSeen }),
  }
}

const attributeNames = new WeakMap<Model, readonly string[]>()

function attributesOf(model: Model): readonly string[] {
  const known = attributeNames.get(model) ?? [...usesOf(model).keys()]
  attributeNames.set(model, known)
  return known
}

function lastSeenOf(model: Model, { history }: ObservedAccount, at: Instant): number | undefined {
  const metrics = allMeasures(model).flatMap(({ input }) => (input.from === 'metric' ? [input.metric] : []))
  const newest = Math.max(...[...new Set(metrics)].map(metric => newestAt(history, metric, at) ?? -Infinity))
  return newest === -Infinity ? undefined : (at - newest) / DAY
}
