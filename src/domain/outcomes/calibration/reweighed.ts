import { sumOf } from '../../number.ts'
import type { Day } from '../../time/instant.ts'
import type { Example } from './logistic.ts'

/** An outcome with what the model knew at the cut: all that is needed to score it with other weights. */
export type CalibrationCase = {
  readonly account: number
  readonly on: Day
  readonly isBad: boolean
  /** The score of each component, in the model's order; absent without a reading. */
  readonly scores: readonly (number | undefined)[]
  /** What the account's segment weighs differently: that stays as it is. */
  readonly own: readonly (number | undefined)[]
  /** The lowest cap that held, else 100. */
  readonly cap: number
}

/** The score that other weights would have given: the mean over what was present, under the same cap. */
export function scoreWith(weights: readonly number[], { scores, own, cap }: CalibrationCase): number {
  const parts = scores.flatMap((score, at) =>
    score === undefined ? [] : [{ score, weight: own[at] ?? weights[at] ?? 0 }],
  )
  const total = sumOf(parts, ({ weight }) => weight)
  // Where nothing that counts is present, all that is present counts alike.
  const mean =
    total > 0
      ? sumOf(parts, ({ score, weight }) => score * weight) / total
      : sumOf(parts, ({ score }) => score) / Math.max(1, parts.length)
  return Math.min(mean, cap)
}

/** For the fit: what a component does not know is taken for the rest of the account, as the score itself does. */
export function exampleOf(weights: readonly number[], one: CalibrationCase): Example {
  const rest = scoreWith(weights, { ...one, cap: 100 })
  return { isBad: one.isBad, risks: one.scores.map(score => (100 - (score ?? rest)) / 100) }
}
