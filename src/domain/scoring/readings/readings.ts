import type { ObservedAccount } from '../../accounts/account.ts'
import { type Facts, holds } from '../../model/condition.ts'
import type { Measure, Model } from '../../model/model.ts'
import type { Instant } from '../../time/instant.ts'
import { type CompiledMeasure, compiledModel } from '../compiled-model.ts'
import { inputValues } from './input-values.ts'
import { NOT_APPLICABLE, type Reading, readMeasure, readValue, restsOnEvidence } from './reading.ts'

/** Readings by their measures' ids, which stand in for what the history says at one instant. */
export type Supposed = ReadonlyMap<string, Reading>

/** What a model's measures say of one account, as of any instant. */
export type Readings = {
  readonly model: Model
  /** As in the history. */
  readonly earliest: Instant
  /** What segments, caps and `applies_when` may ask: attributes, dates and readings, never the score. */
  readonly facts: Facts
  isApplicable(measure: MaybeApplicable, at: Instant): boolean
  /** NaN without a reading. Asks nothing but an applicable one. */
  value(measure: CompiledMeasure, at: Instant): number
  /** Of a measure that has a value. */
  restsOnEvidence(measure: CompiledMeasure, at: Instant): boolean
  /** The whole reading, to explain it. */
  reading(measure: Measure, at: Instant): Reading
}

type MaybeApplicable = Pick<CompiledMeasure, 'appliesWhen'> | Pick<Measure, 'appliesWhen'>

export function readingsOf(
  model: Model,
  account: ObservedAccount,
  supposed?: { readonly at: Instant; readonly readings: Supposed },
): Readings {
  const { measuresById, inputs } = compiledModel(model)
  const inputAt = inputValues(inputs, account)
  const given = ({ id }: Measure, at: Instant) => (supposed?.at === at ? supposed.readings.get(id) : undefined)
  const isApplicable = ({ appliesWhen }: MaybeApplicable, at: Instant) =>
    appliesWhen === undefined || holds(appliesWhen, facts, at)
  const ownValue = (measure: CompiledMeasure, at: Instant) => readValue(measure, account, inputAt, at)
  const givenValue = (measure: CompiledMeasure, at: Instant) => {
    const reading = given(measure.source, at)
    return reading === undefined ? ownValue(measure, at) : (reading.value ?? Number.NaN)
  }
  const value = supposed === undefined ? ownValue : givenValue
  const facts: Facts = {
    score: nothing,
    scoreChange: nothing,
    band: nothing,
    component: nothing,
    alertIsOpen: never,
    attribute: account.attribute,
    measure: (id, at) => {
      const measure = measuresById.get(id)
      if (measure === undefined || !isApplicable(measure, at)) return undefined
      const number = value(measure, at)
      return Number.isNaN(number) ? undefined : number
    },
  }
  return {
    model,
    earliest: account.history.earliest,
    facts,
    isApplicable,
    value,
    restsOnEvidence: (measure, at) =>
      given(measure.source, at)?.restsOnEvidence ?? restsOnEvidence(measure, inputAt, at),
    reading: (measure, at) =>
      isApplicable(measure, at) ? (given(measure, at) ?? readMeasure(measure, account, at)) : NOT_APPLICABLE,
  }
}

const nothing = () => undefined
const never = () => false
