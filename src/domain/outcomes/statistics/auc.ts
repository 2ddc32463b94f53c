import { sumOf, withoutNoise } from '../../number.ts'
import { clamped, type Estimate, Z95 } from './estimate.ts'
import { midranks } from './midranks.ts'

/** A score of something that went badly or well; the lower the score, the likelier it should be bad. */
export type Scored = { readonly score: number; readonly isBad: boolean }

/**
 * The chance that something bad scored below something good, a tie counting half (Mann-Whitney), with the plain 95 %
 * interval of DeLong, DeLong and Clarke-Pearson (1988), computed by midranks as Sun and Xu (2014) do and cut to 0-1.
 * Undefined unless there are two of each side.
 */
export function aucOf(cases: readonly Scored[]): Estimate | undefined {
  const parts = placements(cases)
  if (parts === undefined) return undefined
  return around(parts.auc, variance(parts.bad) / parts.bad.length + variance(parts.good) / parts.good.length)
}

/** How much better the first of two scores separates the same cases; DeLong's paired interval. */
export function aucDifference(
  cases: readonly { readonly first: number; readonly second: number; readonly isBad: boolean }[],
): Estimate | undefined {
  const first = placements(cases.map(({ first, isBad }) => ({ score: first, isBad })))
  const second = placements(cases.map(({ second, isBad }) => ({ score: second, isBad })))
  if (first === undefined || second === undefined) return undefined
  const differences = (side: 'bad' | 'good') => first[side].map((place, at) => place - (second[side][at] ?? 0))
  const [bad, good] = [differences('bad'), differences('good')]
  const value = first.auc - second.auc
  const reach = Z95 * Math.sqrt(variance(bad) / bad.length + variance(good) / good.length)
  return { value, low: value - reach, high: value + reach }
}

type Placements = {
  readonly auc: number
  /** Of each bad one, the share of the good ones above it; of each good one, the share of the bad ones below it. */
  readonly bad: readonly number[]
  readonly good: readonly number[]
}

function placements(cases: readonly Scored[]): Placements | undefined {
  const scores = (isBad: boolean) => cases.filter(one => one.isBad === isBad).map(({ score }) => withoutNoise(score))
  const [bad, good] = [scores(true), scores(false)]
  if (bad.length < 2 || good.length < 2) return undefined
  const all = midranks([...bad, ...good])
  const [withinBad, withinGood] = [midranks(bad), midranks(good)]
  const ofBad = bad.map((_, at) => 1 - ((all[at] ?? 0) - (withinBad[at] ?? 0)) / good.length)
  const ofGood = good.map((_, at) => ((all[bad.length + at] ?? 0) - (withinGood[at] ?? 0)) / bad.length)
  return { auc: sumOf(ofBad, place => place) / bad.length, bad: ofBad, good: ofGood }
}

function variance(values: readonly number[]): number {
  const mean = sumOf(values, value => value) / values.length
  return sumOf(values, value => (value - mean) ** 2) / (values.length - 1)
}

/** As pROC does, an end beyond 0 or 1 is cut. */
function around(value: number, variance: number): Estimate {
  const reach = Z95 * Math.sqrt(variance)
  return { value, low: clamped(value - reach), high: clamped(value + reach) }
}
