import { titleOf } from '../domain/accounts/title.ts'
import type { Component, Measure, MetricInput, Model, ScaledMeasure, Segment } from '../domain/model/model.ts'
import { DAY } from '../domain/time/instant.ts'
import type { ModelFile } from './schema/model.ts'

/** The model that a checked file means. `version` is the hash of its content. */
export function compile(file: ModelFile, version: string): Model {
  return {
    name: file.name,
    version,
    ...(file.healthy_means !== undefined && { healthyMeans: file.healthy_means }),
    minCoverage: file.min_coverage,
    metrics: Object.fromEntries(
      Object.entries(file.metrics).map(([metric, words]) => [metric, withoutUndefined(words)]),
    ),
    components: file.components.map(compileComponent),
    watch: file.watch.map(compileMeasure),
    bands: file.bands.map(band => ({ ...band, label: band.label ?? titleOf(band.id) })),
    segments: file.segments.map(compileSegment),
    caps: file.caps.map(({ when, at_most, because }) => ({ when, atMost: at_most, because })),
    settling: {
      dwell: file.settling.dwell,
      margin: file.settling.margin,
      sharpDrop: file.settling.sharp_drop,
    },
    trend: { deadBand: file.trend.dead_band, over: file.trend.over },
    ...(file.expansion !== undefined && {
      expansion: { when: file.expansion.when, heldFor: file.expansion.held_for },
    }),
    alerts: file.alerts.map(rule => ({
      kind: rule.kind,
      critical: rule.critical,
      points: rule.points ?? PULSE_POINTS,
      within: rule.within ?? RENEWAL_HORIZON,
      ...(!rule.critical && {
        budget: { wrong: rule.budget ?? WRONG_ALARMS, answered: rule.min_answered ?? FEWEST_ANSWERED },
      }),
    })),
    // One that says `no_action` covers its scores, and never starts.
    playbooks: file.playbooks
      .filter(({ tasks }) => tasks.length > 0)
      .map(({ id, label, on, tasks }) => ({
        id,
        label: label ?? titleOf(id),
        on: withoutUndefined(on),
        tasks,
      })),
    ...(file.target !== undefined && { target: file.target }),
    benchmarks: file.benchmarks,
  }
}

/** What stands where an alert of the model names no number. */
const PULSE_POINTS = 30
const RENEWAL_HORIZON = 90 * DAY

const WRONG_ALARMS = 0.3
const FEWEST_ANSWERED = 10

type ComponentFile = ModelFile['components'][number]

function compileComponent(component: ComponentFile): Component {
  const { id, weight, kind, tags, definition, why, ask } = component
  const label = component.label ?? titleOf(id)
  const measures = component.measures.map(
    (measure): ScaledMeasure => ({
      ...compileMeasure(measure),
      scale: measure.scale ?? measure.steps ?? { form: 'linear', points: [] },
      weight: measure.weight,
      movable: measure.movable,
    }),
  )
  return withoutUndefined({ id, label, weight, kind, tags, definition, why, ask, measures })
}

function compileMeasure(measure: ModelFile['watch'][number]): Measure {
  const { id, label, applies_when: appliesWhen } = measure
  return withoutUndefined({ id, label, appliesWhen, input: inputOf(measure) })
}

function inputOf({
  attribute,
  metric = '',
  take = 'latest',
  of = 'mean',
  over,
  when_empty,
  per,
}: ModelFile['watch'][number]): Measure['input'] {
  if (attribute !== undefined) return { from: 'attribute', attribute }
  const input = {
    from: 'metric' as const,
    metric,
    take,
    of,
    over,
    whenEmpty: when_empty,
    per: per && withoutUndefined(per),
  }
  return withoutUndefined(input) satisfies MetricInput
}

function compileSegment({ id, when, weights, bands, min_coverage }: ModelFile['segments'][number]): Segment {
  return withoutUndefined({ id, when, weights, bands, minCoverage: min_coverage })
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

/** Absent rather than undefined. */
function withoutUndefined<T extends object>(entry: T): Defined<T> {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)) as Defined<T>
}
