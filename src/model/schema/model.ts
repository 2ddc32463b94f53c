import * as z from 'zod'
import { ALERT_KINDS } from '../../domain/alerts/alert-kind.ts'
import { COMPONENT_KINDS, ROLES, TAGS, TAKES } from '../../domain/model/model.ts'
import { condition } from './condition.ts'
import { day, duration, identifier, label, score, sentence, weight, wholeDays } from './fields.ts'
import { refuse } from './finding.ts'
import { playbook } from './playbook.ts'
import { scaleSchema } from './scale.ts'

const take = z.enum(TAKES)
const metricName = z.string().trim().min(1).max(200)

const divisor = z.strictObject({ metric: metricName, take: take.default('latest'), over: duration.optional() })

const measureShape = {
  id: identifier,
  label: label.optional(),
  from: z.literal('attribute').optional(),
  attribute: z.string().min(1).optional(),
  metric: metricName.optional(),
  take: take.optional(),
  of: z.enum(['mean', 'sum', 'count']).optional(),
  over: duration.optional(),
  when_empty: z.number().optional(),
  per: divisor.optional(),
  applies_when: condition.optional(),
}

type MeasureShape = z.infer<z.ZodObject<typeof measureShape>>

/** What a measure's keys must and must not be together. */
function checkMeasure(measure: MeasureShape, context: z.RefinementCtx): void {
  const { from, attribute, metric, take, of, over, when_empty, per } = measure
  if (from === 'attribute') {
    if (attribute === undefined) refuse(context, 'The attribute is missing.', 'Write attribute: and its name.')
    const extra = Object.entries({ metric, take, of, over, when_empty, per }).find(([, value]) => value !== undefined)
    if (extra) refuse(context, `An attribute takes no "${extra[0]}".`, 'Remove it.', [extra[0]])
    return
  }
  if (attribute !== undefined) refuse(context, 'An attribute needs its "from".', 'Add from: attribute.', ['attribute'])
  if (metric === undefined) refuse(context, 'It says no metric.', 'Add metric: and a name, or from: attribute.')
  if (take === undefined) refuse(context, 'It does not say what to take.', `Add take: and one of ${TAKES.join(', ')}.`)
  if (of !== undefined && take !== 'change') refuse(context, '"of" belongs to take: change.', 'Remove it.', ['of'])
  if (take === 'change' && over === undefined) {
    refuse(context, 'A change needs its window.', 'Add over: and a length of time, such as 30d.')
  }
  if (take === 'change' && when_empty !== undefined) {
    refuse(context, 'A change over nothing has no value.', 'Remove it.', ['when_empty'])
  }
  if (per?.take === 'change' && per.over === undefined) {
    refuse(context, 'A change needs its window.', 'Add over: and a length of time, such as 30d.', ['per'])
  }
}

const measure = z
  .strictObject({
    ...measureShape,
    scale: scaleSchema('scale').optional(),
    steps: scaleSchema('steps').optional(),
    weight: weight.default(1),
    movable: z.boolean().default(true),
  })
  .superRefine((measure, context) => {
    checkMeasure(measure, context)
    if ((measure.scale === undefined) === (measure.steps === undefined)) {
      refuse(context, 'A measure has either a scale or steps.', 'Write one of them, such as scale: {0: 0, 50: 100}.')
    }
  })

const watched = z.strictObject(measureShape).superRefine(checkMeasure)

const component = z.strictObject({
  id: identifier,
  label: label.optional(),
  weight,
  kind: z.enum(COMPONENT_KINDS).optional(),
  tags: z.array(z.enum(TAGS)).default([]),
  definition: sentence.optional(),
  why: sentence.optional(),
  ask: z.array(sentence).default([]),
  measures: z.array(measure).min(1),
})

const segment = z.strictObject({
  id: identifier,
  when: condition,
  weights: z.record(z.string(), weight).default({}),
  bands: z.record(z.string(), score).default({}),
  min_coverage: z.number().min(0).max(1).optional(),
  owner_role: z.string().optional(),
})

const settling = z.strictObject({
  dwell: z.int().min(1).max(30).default(2),
  margin: z.number().min(0).max(50).default(5),
  sharp_drop: z
    .strictObject({ points: z.number().positive().max(100), over: duration })
    .prefault({ points: 15, over: '30d' }),
})

/** The form of a model file; docs/model.md says what each key means. */
export const modelSchema = z.strictObject({
  name: label,
  purpose: z.enum(['churn', 'expansion', 'adoption']).optional(),
  healthy_means: sentence.optional(),
  min_coverage: z.number().min(0).max(1).default(0.5),
  reviewed_on: day.optional(),
  metrics: z
    .record(metricName, z.strictObject({ label: label.optional(), unit: z.string().max(40).optional() }))
    .default({}),
  components: z.array(component).min(1),
  watch: z.array(watched).default([]),
  bands: z.array(z.strictObject({ id: identifier, label: label.optional(), role: z.enum(ROLES), from: score })).min(1),
  segments: z.array(segment).default([]),
  caps: z.array(z.strictObject({ when: condition, at_most: score, because: sentence })).default([]),
  settling: settling.prefault({}),
  trend: z
    .strictObject({ dead_band: z.number().positive().max(100).default(5), over: duration.prefault('30d') })
    .prefault({}),
  expansion: z.strictObject({ when: condition, held_for: wholeDays.prefault('14d') }).optional(),
  alerts: z
    .array(
      z.strictObject({
        kind: z.enum(ALERT_KINDS),
        points: z.number().positive().max(100).optional(),
        within: duration.optional(),
        critical: z.boolean().default(false),
        budget: z.number().min(0).max(1).optional(),
        min_answered: z.int().positive().optional(),
      }),
    )
    .default(ALERT_KINDS.map(kind => ({ kind, critical: false }))),
  playbooks: z.array(playbook).default([]),
  target: z.strictObject({ portfolio: score }).optional(),
  benchmarks: z.array(z.strictObject({ label, value: score, source: label })).default([]),
})

/** A model file whose form is right; `lint` says whether it also makes sense. */
export type ModelFile = z.infer<typeof modelSchema>
