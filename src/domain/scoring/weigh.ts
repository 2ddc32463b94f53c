import type { Component } from '../model/model.ts'
import { lostIn } from '../number.ts'
import type { Instant } from '../time/instant.ts'
import type { Dial } from './compiled-model.ts'
import type { Readings } from './readings.ts'
import { scoreOn } from './scale.ts'

/** The numbers of one component. */
export type Part = {
  readonly component: Component
  readonly weight: number
  /** The weight of its measures that have a reading. */
  readonly present: number
  /** Absent without a reading. */
  readonly score: number | undefined
  readonly coverage: number
  readonly isApplicable: boolean
  /** Whether any of its readings rests on a signal or an attribute. */
  readonly restsOnEvidence: boolean
  /** Its part of the weight that counted, what it adds to the score and what it takes from it; 0 without a reading. */
  readonly share: number
  readonly points: number
  readonly lost: number
}

/** What a component is, before it is held against the others: `weight` is its own in the account's segment. All sums are compensated, as in `sumOf`. */
export function weigh({ component, gauges }: Dial, weight: number, readings: Readings, at: Instant): Part {
  let present = 0
  let presentLost = 0
  let applicable = 0
  let applicableLost = 0
  let points = 0
  let pointsLost = 0
  let restsOnEvidence = false
  for (const gauge of gauges) {
    const { measure } = gauge
    if (!readings.isApplicable(measure, at)) continue
    applicableLost += lostIn(applicable, measure.weight)
    applicable += measure.weight
    const value = readings.value(gauge, at)
    if (Number.isNaN(value)) continue
    restsOnEvidence ||= readings.restsOnEvidence(gauge, at)
    presentLost += lostIn(present, measure.weight)
    present += measure.weight
    const earned = measure.weight * scoreOn(measure.scale, value)
    pointsLost += lostIn(points, earned)
    points += earned
  }
  present += presentLost
  applicable += applicableLost
  points += pointsLost
  const isApplicable = applicable > 0
  const coverage = isApplicable ? present / applicable : 0
  const score = present > 0 ? points / present : undefined
  return { component, weight, present, score, coverage, isApplicable, restsOnEvidence, share: 0, points: 0, lost: 0 }
}

/** Without a reading that rests on a signal or an attribute nothing is known. */
export function isAnythingKnown(parts: readonly Part[]): boolean {
  return parts.some(({ score, restsOnEvidence }) => score !== undefined && restsOnEvidence)
}
