import { sumOf, withoutNoise } from '../../number.ts'
import type { Estimate } from '../statistics/estimate.ts'
import { wilson } from '../statistics/wilson.ts'

export type Flagged = { readonly score: number; readonly isBad: boolean; readonly isFlagged: boolean }

/** What warning of those that are flagged is worth. Undefined where nothing can be divided. */
export type Detection = {
  readonly flagged: number
  readonly caught: number
  readonly precision: Estimate | undefined
  readonly recall: Estimate | undefined
  readonly f1: number | undefined
  readonly baseRate: Estimate | undefined
  /** How many times as often the flagged went badly as all. */
  readonly lift: number | undefined
  readonly topDecileLift: number | undefined
}

export function detectionOf(cases: readonly Flagged[]): Detection {
  const bad = cases.filter(({ isBad }) => isBad).length
  const flagged = cases.filter(({ isFlagged }) => isFlagged)
  const caught = flagged.filter(({ isBad }) => isBad).length
  const precision = wilson(caught, flagged.length)
  const recall = wilson(caught, bad)
  const baseRate = wilson(bad, cases.length)
  return {
    flagged: flagged.length,
    caught,
    precision,
    recall,
    // Of precision and recall the harmonic mean: it is defined as long as there is anything to find or to flag.
    f1: flagged.length + bad === 0 ? undefined : (2 * caught) / (flagged.length + bad),
    baseRate,
    lift: precision === undefined || bad === 0 ? undefined : precision.value / (bad / cases.length),
    topDecileLift: topDecileLift(cases),
  }
}

/** How many times as often the tenth with the lowest scores went badly as all; of a tie at its edge each counts in part. */
function topDecileLift(cases: readonly Flagged[]): number | undefined {
  const bad = sumOf(cases, ({ isBad }) => (isBad ? 1 : 0))
  const size = cases.length / 10
  if (bad === 0 || size < 1) return undefined
  const sorted = cases.toSorted((a, b) => a.score - b.score).map(one => ({ ...one, score: withoutNoise(one.score) }))
  const edge = sorted[Math.ceil(size) - 1]?.score ?? Infinity
  const below = sorted.filter(({ score }) => score < edge)
  const tied = sorted.filter(({ score }) => score === edge)
  const badIn = (some: readonly Flagged[]) => some.filter(({ isBad }) => isBad).length
  const caught = badIn(below) + (badIn(tied) * (size - below.length)) / tied.length
  return caught / size / (bad / cases.length)
}
