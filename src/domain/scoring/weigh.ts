import type { Component } from '../model/model.ts'
import { lostIn } from '../number.ts'
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
  /** Its part of the weight that counted, what it adds to the score and what it takes from it; 0 without a reading. */
  readonly share: number
  readonly points: number
  readonly lost: number
}

/** What a component is, before it is held against the others: `weight` is its own in the account's segment. All sums are compensated, as in `sumOf`. */
export function weigh(component: Component, weight: number, readings: Readings): Part {
  let present = 0
  let presentLost = 0
  let applicable = 0
  let applicableLost = 0
  let points = 0
  let pointsLost = 0
  for (const measure of component.measures) {
    if (!readings.isApplicable(measure)) continue
    applicableLost += lostIn(applicable, measure.weight)
    applicable += measure.weight
    const value = readings.value(measure)
    if (Number.isNaN(value)) continue
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
  return { component, weight, present, score, coverage, isApplicable, share: 0, points: 0, lost: 0 }
}

/** Whether any reading that counts rests on a signal or an attribute: without one nothing is known. */
export function isAnythingKnown(parts: readonly Part[], readings: Readings): boolean {
  return parts.some(
    ({ component, score }) =>
      score !== undefined &&
      component.measures.some(
        measure =>
          readings.isApplicable(measure) && readings.restsOnEvidence(measure) && !Number.isNaN(readings.value(measure)),
      ),
  )
}
