import { withoutNoise } from '../../number.ts'
import type { Estimate } from '../statistics/estimate.ts'
import { wilson } from '../statistics/wilson.ts'

/** The outcomes of one part of the scores, a fifth or a tenth. */
export type ScorePart = {
  readonly from: number
  readonly to: number
  readonly count: number
  readonly bad: number
  readonly rate: Estimate
}

/**
 * How often it went badly by parts of equal size, from the lowest scores. Equal scores stay together, in the part in
 * which the first of them falls; a part that is left empty is not there.
 */
export function scoreParts(
  cases: readonly { readonly score: number; readonly isBad: boolean }[],
  parts: number,
): ScorePart[] {
  const sorted = cases.map(one => ({ ...one, score: withoutNoise(one.score) })).sort((a, b) => a.score - b.score)
  const groups = new Map<number, { score: number; isBad: boolean }[]>()
  let part = 0
  sorted.forEach((one, at) => {
    if (at === 0 || one.score !== sorted[at - 1]?.score) part = Math.floor((parts * at) / sorted.length)
    groups.set(part, [...(groups.get(part) ?? []), one])
  })
  return [...groups.values()].flatMap(group => {
    const bad = group.filter(({ isBad }) => isBad).length
    const rate = wilson(bad, group.length)
    const [first, last] = [group[0], group.at(-1)]
    if (rate === undefined || first === undefined || last === undefined) return []
    return [{ from: first.score, to: last.score, count: group.length, bad, rate }]
  })
}
