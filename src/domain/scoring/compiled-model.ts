import type { Condition } from '../model/condition.ts'
import type { Band, Component, Measure, MetricInput, Model, ScaledMeasure, Segment } from '../model/model.ts'
import { DAY, type Duration } from '../time/instant.ts'
import type { Scale } from './readings/scale.ts'

/** A model with everything that each assessment would otherwise recompute. */
export type CompiledModel = {
  /** Those of the components one after the other, then the watched ones. */
  readonly measures: readonly Measure[]
  /** One for each measure, in their order. */
  readonly gauges: readonly Gauge[]
  readonly gaugesById: ReadonlyMap<string, Gauge>
  /** One for each component, in their order. */
  readonly dials: readonly Dial[]
  /** What any measure takes from signals, each once. */
  readonly inputs: readonly Input[]
  /** One for each segment, in their order. */
  readonly segments: readonly (Variant & { readonly id: string; readonly when: Condition })[]
  /** What counts where no segment matches. */
  readonly otherwise: Variant
}

/** What is taken from the signals of a metric; `over` is Infinity for a window without a start. */
export type Input = Pick<MetricInput, 'metric' | 'take' | 'of'> & { readonly over: Duration }

/** A measure as it is read: of one shape whatever the model leaves out, since many shapes are slow to read. */
export type Gauge = {
  readonly measure: Measure
  readonly appliesWhen: Condition | undefined
  readonly attribute: string | undefined
  /** The places of what it takes, and of its divisor, among the inputs of the model; -1 for none. */
  readonly own: number
  readonly divisor: number
  readonly filling: Filling | undefined
}

/** What an empty window says, once any account has had signals of the metric for so long. */
export type Filling = { readonly value: number; readonly metric: string; readonly over: Duration }

export type ScaledGauge = Gauge & { readonly weight: number; readonly scale: Scale }

export type Dial = { readonly component: Component; readonly gauges: readonly ScaledGauge[] }

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

/** Computed once for a model, which never changes. */
export function compiledModel(model: Model): CompiledModel {
  const found = compiled.get(model) ?? compile(model)
  compiled.set(model, found)
  return found
}

export function allMeasures(model: Model): readonly Measure[] {
  return compiledModel(model).measures
}

function compile(model: Model): CompiledModel {
  const inputs: Input[] = []
  const dials = model.components.map(component => ({
    component,
    gauges: component.measures.map(measure => scaledGaugeOf(measure, inputs)),
  }))
  const gauges = [...dials.flatMap(({ gauges }) => gauges), ...model.watch.map(measure => gaugeOf(measure, inputs))]
  return {
    measures: gauges.map(({ measure }) => measure),
    gauges,
    // Of two with one id the first counts.
    gaugesById: new Map(gauges.toReversed().map(gauge => [gauge.measure.id, gauge])),
    dials,
    inputs,
    segments: model.segments.map(segment => ({ ...variantOf(model, segment), id: segment.id, when: segment.when })),
    otherwise: variantOf(model),
  }
}

function scaledGaugeOf(measure: ScaledMeasure, inputs: Input[]): ScaledGauge {
  return { ...gaugeOf(measure, inputs), weight: measure.weight, scale: measure.scale }
}

/** Adds what the measure takes to the inputs, unless another takes the same. */
function gaugeOf(measure: Measure, inputs: Input[]): Gauge {
  const { input, appliesWhen } = measure
  const rest = { measure, appliesWhen }
  if (input.from === 'attribute') {
    return { ...rest, attribute: input.attribute, own: -1, divisor: -1, filling: undefined }
  }
  const { per } = input
  return {
    ...rest,
    attribute: undefined,
    own: placeAmong(inputs, inputOf(input)),
    divisor: per === undefined ? -1 : placeAmong(inputs, inputOf(per)),
    filling: fillingOf(input),
  }
}

export function fillingOf({ metric, over = DAY, whenEmpty }: MetricInput): Filling | undefined {
  return whenEmpty === undefined ? undefined : { value: whenEmpty, metric, over }
}

export function inputOf({ metric, take, of = 'mean', over = Infinity }: MetricTake): Input {
  return { metric, take, of, over }
}

export type MetricTake = Pick<MetricInput, 'metric' | 'take' | 'over'> & { readonly of?: MetricInput['of'] }

function placeAmong(inputs: Input[], { metric, take, of, over }: Input): number {
  const known = inputs.findIndex(
    other => other.metric === metric && other.take === take && other.of === of && other.over === over,
  )
  return known === -1 ? inputs.push({ metric, take, of, over }) - 1 : known
}

function variantOf(model: Model, segment?: Segment): Variant {
  return {
    weights: model.components.map(({ id, weight }) => segment?.weights[id] ?? weight),
    bands: model.bands.map(band => ({ ...band, from: segment?.bands[band.id] ?? band.from })),
    minCoverage: segment?.minCoverage ?? model.minCoverage,
  }
}
