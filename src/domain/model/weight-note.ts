import { sumOf, withoutNoise } from '../number.ts'

/**
 * What to say of weights that are not taken as they are. A sum of weighted parts divided by their number is a weighted
 * mean only when the weights' mean is 1; all others are divided by their sum.
 */
export function weightNote(weights: readonly number[]): string | undefined {
  const sum = withoutNoise(sumOf(weights, weight => weight))
  if (sum === weights.length) return undefined
  return `The weights add up to ${sum} and are normalized: each counts as its share.`
}
