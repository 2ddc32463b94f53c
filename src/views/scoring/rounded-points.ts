import { roundedTo, shownAs, sumOf } from '../../domain/number.ts'
import type { Move } from '../../domain/scoring/health.ts'
import type { Assessment } from '../../domain/scoring/score.ts'

export type RoundedPoints = { readonly points: number; readonly lost: number }

/**
 * Whole points for each component, so that what is shown adds up to the shown uncapped score, and what is lost to the
 * rest of 100; by largest remainder.
 */
export function roundedComponents({ components, score }: Assessment): (id: string) => RoundedPoints {
  const total = score === undefined ? 0 : shownAs(score.uncapped)
  const points = roundedTo(
    total,
    components().map(part => part.points),
  )
  const lost = roundedTo(
    score === undefined ? 0 : 100 - total,
    components().map(part => part.lost),
  )
  const byId = new Map(
    components().map(({ component }, at) => [component.id, { points: points[at] ?? 0, lost: lost[at] ?? 0 }]),
  )
  return id => byId.get(id) ?? NONE
}

/** The same for the measures: those of one component add up to its rounded points. */
export function roundedMeasures(assessment: Assessment): (id: string) => RoundedPoints {
  const ofComponent = roundedComponents(assessment)
  return id => {
    for (const { component, measures } of assessment.components()) {
      const at = measures.findIndex(({ measure }) => measure.id === id)
      if (at === -1) continue
      const total = ofComponent(component.id)
      const points = measures.map(measure => measure.points)
      const lost = measures.map(measure => measure.lost)
      return {
        points: roundedTo(total.points, scaledTo(total.points, points))[at] ?? 0,
        lost: roundedTo(total.lost, scaledTo(total.lost, lost))[at] ?? 0,
      }
    }
    return NONE
  }
}

/** Whole points for each move, so that they add up to the change that is shown. */
export function roundedMoves(moves: readonly Move[], total: number): (id: string) => number {
  const rounded = roundedTo(
    total,
    moves.map(({ points }) => points),
  )
  const byId = new Map(moves.map(({ id }, at) => [id, rounded[at] ?? 0]))
  return id => byId.get(id) ?? 0
}

const NONE: RoundedPoints = { points: 0, lost: 0 }

/** Parts in the same proportion whose sum is the rounded total, so that rounding them again cannot miss it. */
function scaledTo(total: number, parts: readonly number[]): number[] {
  const sum = sumOf(parts, part => part)
  return sum === 0 ? parts.map(() => 0) : parts.map(part => (part * total) / sum)
}
