import type { Condition } from '../model/condition.ts'
import type { Model } from '../model/model.ts'
import { DAY, type Duration, type Instant } from '../time/instant.ts'
import { allMeasures } from './compiled-model.ts'
import { comparedWith, TREND_WINDOWS } from './health.ts'
import { inputsOf } from './readings/reading.ts'

/** Everything that scoring any account at an instant looks at: known from the model, before anything is read. */
export type Reach = {
  readonly until: Instant
  /** The earliest instant of which anything is asked. */
  readonly earliest: Instant
  readonly metrics: ReadonlyMap<string, MetricReach>
  readonly attributes: readonly string[]
}

export type MetricReach = {
  /** Each signal after this instant counts; Infinity where only the newest is ever asked for. */
  readonly allAfter: Instant
  /** The newest signal at or before `earliest` counts if it lies after this instant; Infinity where nobody asks for it. */
  readonly newestAfter: Instant
}

/** What scoring under any of these models looks at, as of one instant or of all `from` one `until` another. */
export function reachOf(models: readonly Model[], until: Instant, from: Instant = until): Reach {
  return reachFrom(models, until, from - Math.max(0, ...models.map(model => lookBack(model))))
}

/** Nothing is asked as of an instant before `earliest`; of the signals before `from`, only the newest of each metric counts. */
export type CardReach = Pick<Reach, 'earliest'> & { readonly from: Instant }

const ofCards = new WeakMap<Model, CardReach>()

/** What an account's card looks at, with its trends. */
export function reachOfCard(model: Model, at: Instant): CardReach {
  const { earliest, from } = ofCards.get(model) ?? reachOfCardAtZero(model)
  return { earliest: at + earliest, from: at + from }
}

/** As of instant 0. Computed once for a model, which never changes. */
function reachOfCardAtZero(model: Model): CardReach {
  const { earliest, metrics } = reachFrom([model], 0, -lookBack(model, TREND_WINDOWS))
  const reach = { earliest, from: Math.min(earliest, ...[...metrics.values()].map(({ allAfter }) => allAfter)) }
  ofCards.set(model, reach)
  return reach
}

function reachFrom(models: readonly Model[], until: Instant, earliest: Instant): Reach {
  const metrics = new Map<string, MetricReach>()
  for (const { metric, take, over = Infinity } of models.flatMap(allMeasures).flatMap(inputsOf)) {
    const { allAfter, newestAfter } = metrics.get(metric) ?? { allAfter: Infinity, newestAfter: Infinity }
    const start = earliest - (take === 'change' ? 2 : 1) * over
    const isNewest = take === 'latest' || take === 'days_since'
    metrics.set(metric, {
      allAfter: isNewest ? allAfter : Math.min(allAfter, start),
      newestAfter: isNewest ? Math.min(newestAfter, start) : newestAfter,
    })
  }
  return { until, earliest, metrics, attributes: [...new Set(models.flatMap(attributesAsked))] }
}

/** How long before a scoring lies the earliest instant that it asks about. */
function lookBack(model: Model, trends: readonly Duration[] = []): Duration {
  const { expansion } = model
  const held = expansion === undefined ? 0 : wholeDays(expansion.heldFor) + lookBackOf(expansion.when)
  // An assessment of any of these instants judges the caps, which may ask about readings of days before it.
  return (
    Math.max(held, ...comparedWith(model), ...trends) + Math.max(0, ...model.caps.map(({ when }) => lookBackOf(when)))
  )
}

function lookBackOf(condition: Condition): Duration {
  return Math.max(
    0,
    ...clausesOf(condition).map(
      ({ heldFor = 0, subject }) => wholeDays(heldFor) + (subject.of === 'score_change' ? subject.over : 0),
    ),
  )
}

function wholeDays(duration: Duration): Duration {
  return Math.floor(duration / DAY) * DAY
}

/** The attributes that any part of a model asks about. */
function attributesAsked(model: Model): string[] {
  const measures = allMeasures(model)
  const conditions = [
    ...measures.flatMap(({ appliesWhen }) => (appliesWhen === undefined ? [] : [appliesWhen])),
    ...model.segments.map(({ when }) => when),
    ...model.caps.map(({ when }) => when),
    ...(model.expansion === undefined ? [] : [model.expansion.when]),
  ]
  return [
    ...measures.flatMap(({ input }) => (input.from === 'attribute' ? [input.attribute] : [])),
    ...conditions
      .flatMap(clausesOf)
      .flatMap(({ subject }) => (subject.of === 'attribute' || subject.of === 'days_until' ? [subject.name] : [])),
    // What alerts about renewals look at.
    'renewal_on',
  ]
}

function clausesOf(condition: Condition): Extract<Condition, { subject: unknown }>[] {
  if ('all' in condition) return condition.all.flatMap(clausesOf)
  if ('any' in condition) return condition.any.flatMap(clausesOf)
  return 'not' in condition ? clausesOf(condition.not) : [condition]
}
