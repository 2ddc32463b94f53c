import { withoutNoise } from '../number.ts'
import type { Assessment } from '../scoring/score.ts'
import { effortOf, type Lever, measureScoreAt } from './lever.ts'

/** What is sought: whether an assessment is good enough, and the uncapped score from which on it may be. */
export type Goal = { readonly isReached: (assessment: Assessment) => boolean; readonly uncapped: number }

/** How often a grid without a good reading is made ten times finer. */
const FINEST = 4

/**
 * The reading nearest to today's that reaches the goal, `at` being the scorer with everything else as it is. Between
 * two edges the score is linear in the reading, so that the nearest good one lies beside an edge or beside the point
 * where the line is crossed. Of an input without a reading it is the least demanding one.
 */
export function nearestReaching(
  lever: Lever,
  at: (to: number) => Assessment,
  goal: Goal,
  order: Order = nearestFirst(lever),
): number | undefined {
  const ends = [...lever.edges, ...crossings(lever, at, goal.uncapped)]
  for (let finer = 0; finer <= (lever.isWhole ? 0 : FINEST); finer += 1) {
    const found = readingsBeside(lever, ends, finer)
      .sort(order)
      .find(to => goal.isReached(at(to)))
    if (found !== undefined) return found
  }
  return undefined
}

/** The best reading on each side of every threshold: if these do not help, no reading does. */
export function bestReadings(lever: Lever, at: (to: number) => Assessment): number[] {
  const best = new Map<string, { to: number; uncapped: number }>()
  for (const to of readingsBeside(lever, lever.edges, lever.isWhole ? 0 : FINEST).sort(nearestFirst(lever))) {
    const side = lever.thresholds.map(threshold => Math.sign(to - threshold)).join()
    const uncapped = withoutNoise(at(to).score?.uncapped ?? 0)
    if (uncapped > (best.get(side)?.uncapped ?? -1)) best.set(side, { to, uncapped })
  }
  return [...best.values()].sort((a, b) => b.uncapped - a.uncapped).map(({ to }) => to)
}

/** Inverts the score between each two edges, from two assessments there. */
function crossings({ edges }: Lever, at: (to: number) => Assessment, wanted: number): number[] {
  return edges.slice(1).flatMap((end, index) => {
    const start = edges[index] ?? end
    const [left, right] = [start + (end - start) / 4, end - (end - start) / 4]
    const [low, high] = [at(left).score?.uncapped ?? 0, at(right).score?.uncapped ?? 0]
    if (low === high) return []
    const crossing = left + ((wanted - low) * (right - left)) / (high - low)
    return crossing >= start && crossing <= end ? [crossing] : []
  })
}

/** The readings that people would say, at and beside each of some points; never today's own. */
function readingsBeside(lever: Lever, points: readonly number[], finer: number): number[] {
  const beside = points.flatMap(point => {
    const step = lever.isWhole ? 1 : stepAt(point) / 10 ** finer
    const below = Math.floor(point / step)
    return [-1, 0, 1, 2].map(offset => withoutNoise((below + offset) * step))
  })
  return [...new Set(beside)].filter(to => to >= lever.least && to !== lever.from)
}

/** As many decimals as a card shows of such a number. */
function stepAt(point: number): number {
  const size = Math.abs(point)
  return size < 10 ? 0.01 : size < 100 ? 0.1 : 1
}

type Order = (a: number, b: number) => number

/** By the effort that they are, which on a scale with ups and downs is not how far away they lie. */
export function gentlestFirst(lever: Lever): Order {
  const nearest = nearestFirst(lever)
  return (a, b) => withoutNoise(effortOf(lever, a) - effortOf(lever, b)) || nearest(a, b)
}

function nearestFirst(lever: Lever): Order {
  const { from } = lever
  if (from !== undefined) return (a, b) => Math.abs(a - from) - Math.abs(b - from) || a - b
  return (a, b) => measureScoreAt(lever, a) - measureScoreAt(lever, b) || Math.abs(a) - Math.abs(b) || b - a
}
