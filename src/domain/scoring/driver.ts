import { isAbove } from '../number.ts'
import { CAP, type Health, type Move } from './health.ts'
import type { MeasureScore } from './score.ts'
import { lostOf, pointsOf } from './weigh.ts'

/**
 * What explains a change: the component that fell most over 30 days (or the cap, id `cap`), if any fell by half
 * a point or more; else the component that loses the most points. Undefined without a score.
 */
export function topDriver({ now, moves }: Health): string | undefined {
  const fallen = largest(moves ?? [], ({ points }) => -points)
  if (fallen !== undefined && fallen.points <= -0.5) return fallen.id
  if (now.score === undefined) return undefined
  if (isAbove(now.score.uncapped, now.score.value)) return CAP
  return largest(now.parts, part => lostOf(part, now.counted))?.component.id
}

/** What explains a rise: the component that rose most, or else the one that adds most. */
export function topHelper({ now, moves }: Health): string | undefined {
  const risen = largest(moves ?? [], ({ points }: Move) => points)
  if (risen !== undefined && risen.points >= 0.5) return risen.id
  return now.score === undefined ? undefined : largest(now.parts, part => pointsOf(part, now.counted))?.component.id
}

/** The measures that take the most points, worst first; only those that people would see as a point or more. */
export function hurting(health: Health, most: number): MeasureScore[] {
  return measuresOf(health)
    .filter(({ lost }) => lost >= 0.5)
    .sort((a, b) => b.lost - a.lost)
    .slice(0, most)
}

/** The measures in good order that add the most points, best first. */
export function helping(health: Health, most: number): MeasureScore[] {
  return measuresOf(health)
    .filter(({ score, points }) => score !== undefined && score >= 60 && points >= 0.5)
    .sort((a, b) => b.points - a.points)
    .slice(0, most)
}

function measuresOf({ now }: Health): MeasureScore[] {
  return now.components().flatMap(({ measures }) => [...measures])
}

/** The first of those with the largest value. */
export function largest<T>(items: readonly T[], value: (item: T) => number): T | undefined {
  return items.reduce<T | undefined>(
    (best, item) => (best === undefined || value(item) > value(best) ? item : best),
    undefined,
  )
}
