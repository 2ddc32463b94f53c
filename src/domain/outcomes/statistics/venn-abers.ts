import { groupedBy } from '../../grouped.ts'
import { sumOf, withoutNoise } from '../../number.ts'
import { isotonic, type Pool } from './isotonic.ts'

/** The chance of something bad: between `low` and `high`, `point` where one number is wanted. */
export type Chance = { readonly low: number; readonly point: number; readonly high: number }

/** How risky something looked, the more the riskier, and whether it went badly. */
export type Rated = { readonly risk: number; readonly isBad: boolean }

/**
 * The inductive Venn-Abers predictor (Vovk and Petej 2014): the value at a risk of two isotonic fits, one with the
 * case itself added as good, one as bad. Equal risks are pooled. The point is p1 / (1 - p0 + p1).
 */
export function vennAbers(known: readonly Rated[]): (risk: number) => Chance {
  const groups = [...groupedBy(known, ({ risk }) => withoutNoise(risk))]
    .sort(([a], [b]) => a - b)
    .map(([risk, rated]) => ({ risk, weight: rated.length, bad: sumOf(rated, ({ isBad }) => (isBad ? 1 : 0)) }))
  const places: readonly Pool[] = groups.map(({ weight, bad }) => ({ weight, mean: bad / weight }))
  // All risks between two neighbors come out the same, so each place is worked out once.
  const found = new Map<string, Chance>()

  function fitted(at: number, isPooled: boolean, label: 0 | 1): number {
    const there = isPooled ? places[at] : undefined
    const weight = (there?.weight ?? 0) + 1
    const pool = { weight, mean: ((there?.weight ?? 0) * (there?.mean ?? 0) + label) / weight }
    return isotonic(places.toSpliced(at, isPooled ? 1 : 0, pool))[at] ?? label
  }

  return written => {
    const risk = withoutNoise(written)
    const next = groups.findIndex(group => group.risk >= risk)
    const at = next === -1 ? groups.length : next
    const isPooled = groups[at]?.risk === risk
    const key = `${at} ${isPooled}`
    const known = found.get(key)
    if (known !== undefined) return known
    const [low, high] = [fitted(at, isPooled, 0), fitted(at, isPooled, 1)]
    const chance = { low, point: high / (1 - low + high), high }
    found.set(key, chance)
    return chance
  }
}
