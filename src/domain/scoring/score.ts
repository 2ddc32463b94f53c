import type { ObservedAccount } from '../accounts/account.ts'
import type { Cap, Component, Model, ScaledMeasure } from '../model/model.ts'
import type { Instant } from '../time/instant.ts'
import { allMeasures } from './compiled-model.ts'
import { type Outline, type Outlined, outlineFrom } from './outline.ts'
import type { Reading } from './readings/reading.ts'
import { readingsOf, type Supposed } from './readings/readings.ts'
import { scoreOn } from './readings/scale.ts'
import { lostOf, type Part, pointsOf, shareOf } from './weigh.ts'

/** One account's score as of one instant, with everything that made it; put together when it is first asked for. */
export type Assessment = Outline & {
  components(): readonly ComponentScore[]
  /** One of them, without putting the others together. */
  component(id: string): ComponentScore | undefined
  readonly caps: readonly CapState[]
  /** The readings of every measure, watched ones included, by id. */
  readings(): ReadonlyMap<string, Reading>
}

export type ComponentScore = {
  readonly component: Component
  readonly weight: number
  /** Its part of the weight that counted; 0 without a reading. */
  readonly share: number
  readonly score: number | undefined
  readonly coverage: number
  readonly points: number
  readonly lost: number
  readonly measures: readonly MeasureScore[]
}

export type MeasureScore = {
  readonly measure: ScaledMeasure
  readonly reading: Reading
  readonly score: number | undefined
  readonly points: number
  readonly lost: number
}

export type CapState = Cap & { readonly holds: boolean }

/** `supposed` readings stand in for the history's own, to ask what the score would be with them. */
export function assess(model: Model, account: ObservedAccount, at: Instant, supposed?: Supposed): Assessment {
  return explain(outlineFrom(readingsOf(model, account, supposed && { at, readings: supposed }), at))
}

export function explain(outlined: Outlined): Assessment {
  const { at, segment, bands, score, coverage, isCovered, parts, counted, readings, capsHold } = outlined
  const { model } = readings
  const explained: ComponentScore[] = []
  const explainedOnce = (part: Part, at: number): ComponentScore => {
    const component = explained[at] ?? explainComponent(part, outlined)
    explained[at] = component
    return component
  }
  let components: readonly ComponentScore[] | undefined
  let byId: ReadonlyMap<string, Reading> | undefined
  return {
    at,
    segment,
    bands,
    score,
    coverage,
    isCovered,
    parts,
    counted,
    caps: model.caps.map((cap, index) => ({ ...cap, holds: capsHold[index] ?? false })),
    component: id => {
      const index = parts.findIndex(({ component }) => component.id === id)
      const part = parts[index]
      return part && explainedOnce(part, index)
    },
    components: () => {
      components ??= parts.map(explainedOnce)
      return components
    },
    readings: () => {
      byId ??= new Map(allMeasures(model).map(measure => [measure.id, readings.reading(measure, at)]))
      return byId
    },
  }
}

function explainComponent(part: Part, outlined: Outlined): ComponentScore {
  const { component, weight, score, coverage } = part
  const { counted } = outlined
  return {
    component,
    weight,
    share: shareOf(part, counted),
    score,
    coverage,
    points: pointsOf(part, counted),
    lost: lostOf(part, counted),
    measures: component.measures.map(measure => explainMeasure(measure, part, outlined)),
  }
}

function explainMeasure(measure: ScaledMeasure, part: Part, { at, readings, counted }: Outlined): MeasureScore {
  const reading = readings.reading(measure, at)
  if (reading.value === undefined) return { measure, reading, score: undefined, points: 0, lost: 0 }
  const score = scoreOn(measure.scale, reading.value)
  if (counted === 0) return { measure, reading, score, points: 0, lost: 0 }
  const weight = part.weight * (measure.weight / part.present)
  return { measure, reading, score, points: (weight * score) / counted, lost: (weight * (100 - score)) / counted }
}
