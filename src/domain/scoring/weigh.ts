import type { Component } from '../model/model.ts'
import { lostIn } from '../number.ts'
import type { Instant } from '../time/instant.ts'
import type { CompiledComponent } from './compiled-model.ts'
import type { Readings } from './readings/readings.ts'
import { scoreOn } from './readings/scale.ts'

/** The numbers of one component, before it is held against the others. */
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
}

/** `ownWeight` is the component's in the account's segment. All sums are compensated, as in `sumOf`. */
export function weigh(
  { component, measures }: CompiledComponent,
  ownWeight: number,
  readings: Readings,
  at: Instant,
): Part {
  let present = 0
  let presentLost = 0
  let applicable = 0
  let applicableLost = 0
  let points = 0
  let pointsLost = 0
  let restsOnEvidence = false
  for (const measure of measures) {
    const { weight, scale } = measure
    if (!readings.isApplicable(measure, at)) continue
    applicableLost += lostIn(applicable, weight)
    applicable += weight
    const value = readings.value(measure, at)
    if (Number.isNaN(value)) continue
    restsOnEvidence ||= readings.restsOnEvidence(measure, at)
    presentLost += lostIn(present, weight)
    present += weight
    const earned = weight * scoreOn(scale, value)
    pointsLost += lostIn(points, earned)
    points += earned
  }
  present += presentLost
  applicable += applicableLost
  points += pointsLost
  const isApplicable = applicable > 0
  const coverage = isApplicable ? present / applicable : 0
  const score = present > 0 ? points / present : undefined
  return { component, weight: ownWeight, present, score, coverage, isApplicable, restsOnEvidence }
}

/** Its part of the weight that counted; 0 without a reading. */
export function shareOf({ weight, score }: Part, counted: number): number {
  return score === undefined || counted === 0 ? 0 : weight / counted
}

/** What it adds to the score. */
export function pointsOf({ weight, score }: Part, counted: number): number {
  return score === undefined || counted === 0 ? 0 : (weight * score) / counted
}

/** What it takes from the score. */
export function lostOf({ weight, score }: Part, counted: number): number {
  return score === undefined || counted === 0 ? 0 : (weight * (100 - score)) / counted
}

/** Without a reading that rests on a signal or an attribute nothing is known. */
export function isAnythingKnown(parts: readonly Part[]): boolean {
  return parts.some(({ score, restsOnEvidence }) => score !== undefined && restsOnEvidence)
}
