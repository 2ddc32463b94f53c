import type { ObservedAccount } from '../accounts/account.ts'
import { type Facts, holds } from '../model/condition.ts'
import type { Measure } from '../model/model.ts'
import type { Instant } from '../time/instant.ts'
import { type Reading, readMeasure } from './reading.ts'

/** Readings by their measures' ids, which stand in for what the history says at the instant of an assessment. */
export type Supposed = ReadonlyMap<string, Reading>

export const NOTHING_SUPPOSED: Supposed = new Map()

export const NOT_APPLICABLE: Reading = { state: 'not_applicable', signals: 0, restsOnEvidence: false }

/** What segments, caps and `applies_when` may ask: attributes, dates and readings, never the score. */
export function factsOfReadings(
  measures: readonly Measure[],
  account: ObservedAccount,
  now: Instant,
  supposed: Supposed,
): Facts {
  const facts: Facts = {
    score: () => undefined,
    scoreChange: () => undefined,
    band: () => undefined,
    component: () => undefined,
    alertIsOpen: () => false,
    attribute: account.attribute,
    measure: (id, at = now) => {
      const measure = measures.find(measure => measure.id === id)
      const given = at === now ? supposed : NOTHING_SUPPOSED
      return measure === undefined ? undefined : readIfApplicable(measure, account, facts, at, given).value
    },
  }
  return facts
}

/** The reading of every measure, by its id. */
export function readAll(
  measures: readonly Measure[],
  account: ObservedAccount,
  facts: Facts,
  at: Instant,
  supposed: Supposed,
): Map<string, Reading> {
  return new Map(measures.map(measure => [measure.id, readIfApplicable(measure, account, facts, at, supposed)]))
}

function readIfApplicable(
  measure: Measure,
  account: ObservedAccount,
  facts: Facts,
  at: Instant,
  supposed: Supposed,
): Reading {
  if (measure.appliesWhen !== undefined && !holds(measure.appliesWhen, facts, at)) return NOT_APPLICABLE
  return supposed.get(measure.id) ?? readMeasure(measure, account, at)
}
