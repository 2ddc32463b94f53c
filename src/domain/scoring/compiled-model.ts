import type { Condition } from '../model/condition.ts'
import type { Band, Component, Measure, MetricInput, Model, ScaledMeasure, Segment } from '../model/model.ts'
import { DAY, type Duration } from '../time/instant.ts'
import type { Scale } from './readings/scale.ts'

/** A model with everything that each assessment would otherwise recompute. */
export type CompiledModel = {
  /** Those of the components one after the other, then the watched ones. */
  readonly measures: readonly CompiledMeasure[]
  /** As the model has them, in the same order. */
  readonly sources: readonly Measure[]
  readonly measuresById: ReadonlyMap<string, CompiledMeasure>
  /** One for each component, in their order. */
  readonly components: readonly CompiledComponent[]
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
export type CompiledMeasure = {
  readonly source: Measure
  readonly appliesWhen: Condition | undefined
  readonly attribute: string | undefined
  /** The places of what it takes, and of its divisor, among the inputs of the model; -1 for none. */
  readonly own: number
  readonly divisor: number
  readonly whenEmpty: WhenEmpty | undefined
}

/** What an empty window counts as, once any account has had signals of the metric for so long. */
export type WhenEmpty = { readonly value: number; readonly metric: string; readonly over: Duration }

export type CompiledScaledMeasure = CompiledMeasure & { readonly weight: number; readonly scale: Scale }

export type CompiledComponent = { readonly component: Component; readonly measures: readonly CompiledScaledMeasure[] }

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
  return compiledModel(model).sources
}

function compile(model: Model): CompiledModel {
  const inputs: Input[] = []
  const components = model.components.map(component => ({
    component,
    measures: component.measures.map(measure => compileScaledMeasure(measure, inputs)),
  }))
  const watched = model.watch.map(measure => compileMeasure(measure, inputs))
  const measures = [...components.flatMap(({ measures }) => measures), ...watched]
  return {
    measures,
    sources: measures.map(({ source }) => source),
    // Of two with one id the first counts.
    measuresById: new Map(measures.toReversed().map(measure => [measure.source.id, measure])),
    components,
    inputs,
    segments: model.segments.map(segment => ({ ...variantOf(model, segment), id: segment.id, when: segment.when })),
    otherwise: variantOf(model),
  }
}

function compileScaledMeasure(measure: ScaledMeasure, inputs: Input[]): CompiledScaledMeasure {
  return { ...compileMeasure(measure, inputs), weight: measure.weight, scale: measure.scale }
}

/** Adds what the measure takes to the inputs, unless another takes the same. */
function compileMeasure(source: Measure, inputs: Input[]): CompiledMeasure {
  const { input, appliesWhen } = source
  const rest = { source, appliesWhen }
  if (input.from === 'attribute') {
    return { ...rest, attribute: input.attribute, own: -1, divisor: -1, whenEmpty: undefined }
  }
  const { per } = input
  return {
    ...rest,
    attribute: undefined,
    own: placeAmong(inputs, inputOf(input)),
    divisor: per === undefined ? -1 : placeAmong(inputs, inputOf(per)),
    whenEmpty: whenEmptyOf(input),
  }
}

export function whenEmptyOf({ metric, over = DAY, whenEmpty }: MetricInput): WhenEmpty | undefined {
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
