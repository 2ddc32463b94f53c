import type { Condition } from '../model/condition.ts'
import type { Band, Component, Measure, Model, ScaledMeasure, Segment } from '../model/model.ts'

/** A model with what every assessment would otherwise work out anew. */
export type CompiledModel = {
  /** Those of the components one after the other, then the watched ones. */
  readonly measures: readonly Measure[]
  /** One for each measure, in their order. */
  readonly gauges: readonly Gauge[]
  readonly gaugesById: ReadonlyMap<string, Gauge>
  /** One for each component, in their order. */
  readonly dials: readonly Dial[]
  /** The metrics that any measure reads. */
  readonly metrics: readonly string[]
  /** One for each segment, in their order. */
  readonly segments: readonly (Variant & { readonly id: string; readonly when: Condition })[]
  /** What counts where no segment matches. */
  readonly otherwise: Variant
}

/** A measure, with the places of its metric and its divisor's among those of the model; -1 for none. */
export type Gauge<Of extends Measure = Measure> = {
  readonly measure: Of
  readonly own: number
  readonly divisor: number
}

export type Dial = { readonly component: Component; readonly gauges: readonly Gauge<ScaledMeasure>[] }

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
  const metrics = [...new Set(measures.flatMap(metricsOf))]
  const gaugeOf = <Of extends Measure>(measure: Of): Gauge<Of> => {
    const [own, divisor] = metricsOf(measure).map(metric => metrics.indexOf(metric))
    return { measure, own: own ?? -1, divisor: divisor ?? -1 }
  }
  const gauges = measures.map(gaugeOf)
  return {
    measures,
    gauges,
    // Of two with one id the first counts.
    gaugesById: new Map(gauges.toReversed().map(gauge => [gauge.measure.id, gauge])),
    dials: model.components.map(component => ({ component, gauges: component.measures.map(gaugeOf) })),
    metrics,
    segments: model.segments.map(segment => ({ ...variantOf(model, segment), id: segment.id, when: segment.when })),
    otherwise: variantOf(model),
  }
}

function metricsOf({ input }: Measure): string[] {
  if (input.from === 'attribute') return []
  return input.per === undefined ? [input.metric] : [input.metric, input.per.metric]
}

function variantOf(model: Model, segment?: Segment): Variant {
  return {
    weights: model.components.map(({ id, weight }) => segment?.weights[id] ?? weight),
    bands: model.bands.map(band => ({ ...band, from: segment?.bands[band.id] ?? band.from })),
    minCoverage: segment?.minCoverage ?? model.minCoverage,
  }
}
