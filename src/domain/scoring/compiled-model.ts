import type { Condition } from '../model/condition.ts'
import type { Band, Measure, Model, Segment } from '../model/model.ts'

/** A model with what every assessment would otherwise work out anew. */
export type CompiledModel = {
  /** Those of the components one after the other, then the watched ones. */
  readonly measures: readonly Measure[]
  readonly measuresById: ReadonlyMap<string, Measure>
  /** One for each segment, in their order. */
  readonly segments: readonly (Variant & { readonly id: string; readonly when: Condition })[]
  /** What counts where no segment matches. */
  readonly otherwise: Variant
}

/** What a segment makes of the model. */
export type Variant = {
  readonly id?: string
  /** Of the components, in their order. */
  readonly weights: readonly number[]
  /** From the worst. */
  readonly bands: readonly Band[]
  readonly minCoverage: number
}

const compiled = new WeakMap<Model, CompiledModel>()

/** Worked out once for a model, which never changes. */
export function compiledModel(model: Model): CompiledModel {
  const found = compiled.get(model) ?? compile(model)
  compiled.set(model, found)
  return found
}

export function allMeasures(model: Model): readonly Measure[] {
  return compiledModel(model).measures
}

function compile(model: Model): CompiledModel {
  const measures = [...model.components.flatMap(({ measures }) => measures), ...model.watch]
  return {
    measures,
    // Of two with one id the first counts.
    measuresById: new Map(measures.toReversed().map(measure => [measure.id, measure])),
    segments: model.segments.map(segment => ({ ...variantOf(model, segment), id: segment.id, when: segment.when })),
    otherwise: variantOf(model),
  }
}

function variantOf(model: Model, segment?: Segment): Variant {
  return {
    weights: model.components.map(({ id, weight }) => segment?.weights[id] ?? weight),
    bands: model.bands.map(band => ({ ...band, from: segment?.bands[band.id] ?? band.from })),
    minCoverage: segment?.minCoverage ?? model.minCoverage,
  }
}
