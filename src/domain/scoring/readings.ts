import type { ObservedAccount } from '../accounts/account.ts'
import { type Facts, holds } from '../model/condition.ts'
import type { Measure, Model } from '../model/model.ts'
import type { Instant } from '../time/instant.ts'
import { type CompiledModel, compiledModel } from './compiled-model.ts'
import { NOT_APPLICABLE, type Reading, readMeasure, readValue, restsOnEvidence } from './reading.ts'

/** Readings by their measures' ids, which stand in for what the history says at the instant of an assessment. */
export type Supposed = ReadonlyMap<string, Reading>

export const NOTHING_SUPPOSED: Supposed = new Map()

/** What measures say of one account as of one instant. */
export type Readings = {
  /** What segments, caps and `applies_when` may ask: attributes, dates and readings, never the score. */
  readonly facts: Facts
  isApplicable(measure: Measure): boolean
  /** NaN without a reading. Asks nothing but an applicable one. */
  value(measure: Measure): number
  restsOnEvidence(measure: Measure): boolean
  /** The whole reading, to explain it. */
  reading(measure: Measure): Reading
}

export function readingsAt(
  { measuresById }: CompiledModel,
  account: ObservedAccount,
  now: Instant,
  supposed: Supposed,
): Readings {
  const isApplicable = ({ appliesWhen }: Measure, at = now) =>
    appliesWhen === undefined || holds(appliesWhen, facts, at)
  const given = supposed.size === 0 ? undefined : supposed
  const value = (measure: Measure) => {
    const reading = given?.get(measure.id)
    return reading === undefined ? readValue(measure, account, now) : (reading.value ?? Number.NaN)
  }
  const facts: Facts = {
    score: nothing,
    scoreChange: nothing,
    band: nothing,
    component: nothing,
    alertIsOpen: never,
    attribute: account.attribute,
    measure: (id, at = now) => {
      const measure = measuresById.get(id)
      if (measure === undefined || !isApplicable(measure, at)) return undefined
      const number = at === now ? value(measure) : readValue(measure, account, at)
      return Number.isNaN(number) ? undefined : number
    },
  }
  return {
    facts,
    isApplicable,
    value,
    restsOnEvidence: measure => given?.get(measure.id)?.restsOnEvidence ?? restsOnEvidence(measure, account, now),
    reading: measure =>
      isApplicable(measure) ? (given?.get(measure.id) ?? readMeasure(measure, account, now)) : NOT_APPLICABLE,
  }
}

/** What may be asked of readings, as of any instant. */
export function factsOfReadings(model: Model, account: ObservedAccount): Facts {
  return readingsAt(compiledModel(model), account, Number.NaN, NOTHING_SUPPOSED).facts
}

const nothing = () => undefined
const never = () => false
