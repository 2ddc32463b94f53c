import type { Assessment } from '../../domain/scoring/score.ts'
import type { Cell } from '../card.ts'
import { signed } from '../parts/amounts.ts'
import { roundedComponents, roundedMeasures } from '../scoring/rounded-points.ts'

/** Whole points by the id of a component or a measure; undefined where it had no reading, or there was no score. */
export type PointsOf = {
  component(id: string): number | undefined
  measure(id: string): number | undefined
}

export function pointsOf(assessment: Assessment): PointsOf {
  const [ofComponent, ofMeasure] = [roundedComponents(assessment), roundedMeasures(assessment)]
  const isScored = assessment.score !== undefined
  const present = new Set(
    assessment
      .components()
      .flatMap(({ component, score, measures }) => [
        ...(score === undefined ? [] : [`component ${component.id}`]),
        ...measures.flatMap(entry => (entry.score === undefined ? [] : [`measure ${entry.measure.id}`])),
      ]),
  )
  return {
    component: id => (isScored && present.has(`component ${id}`) ? ofComponent(id).points : undefined),
    measure: id => (isScored && present.has(`measure ${id}`) ? ofMeasure(id).points : undefined),
  }
}

/** Then, now, and the change: what had no reading adds nothing. Where either lacks the data for a verdict there is no change to speak of. */
export function pointCells(was: number | undefined, is: number | undefined, areCompared: boolean): Cell[] {
  const change = (is ?? 0) - (was ?? 0)
  return [
    numberCell(was),
    numberCell(is),
    areCompared && (was ?? is) !== undefined ? { text: signed(change), value: change } : numberCell(undefined),
  ]
}

function numberCell(value: number | undefined): Cell {
  return value === undefined ? { text: '–' } : { text: String(value), value }
}
