import fc from 'fast-check'
import { attributesOf, type ObservedAccount } from '../../src/domain/accounts/account.ts'
import type { Model } from '../../src/domain/model/model.ts'
import { historyOf } from '../../src/domain/scoring/readings/window.ts'
import { type Assessment, assess } from '../../src/domain/scoring/score.ts'
import type { RawBand, RawCondition, RawMeasure } from './oracle-model.ts'
import { compiled } from './world-of-scores.ts'

export const AT = Date.UTC(2026, 10, 2)

/** What each metric, and the attribute `seats`, says; what is not there has no reading. */
export type Values = Readonly<Record<string, number>>

export type SmallCase = { readonly model: Model; readonly values: Values }

const METRICS = ['m0', 'm1', 'm2', 'seats'] as const

/** Every reading that the brute force tries: beyond the keys on both sides. */
const GRID = [-1, 0, 1, 2, 3, 4, 5]

const weight = fc.constantFrom(0.5, 1, 2, 3)

const measure = (id: (typeof METRICS)[number]) =>
  fc
    .record({
      form: fc.constantFrom('scale', 'scale', 'steps'),
      keys: fc.uniqueArray(fc.constantFrom(0, 1, 2, 3, 4), { minLength: 2, maxLength: 3 }),
      scores: fc.tuple(...[0, 1, 2].map(() => fc.constantFrom(0, 0, 20, 33.3, 50, 69.5, 70, 100, 100))),
      weight,
      movable: fc.constantFrom(true, true, true, true, false),
    })
    .map(({ form, keys, scores, ...rest }): RawMeasure => {
      const input = id === 'seats' ? { from: 'attribute', attribute: id } : { metric: id, take: 'latest' }
      const points = keys.sort((a, b) => a - b).map((key, index) => [String(key), scores[index] ?? 0])
      return { id, ...input, [form]: Object.fromEntries(points), ...rest } as RawMeasure
    })

const clause = (ids: readonly string[]): fc.Arbitrary<RawCondition> =>
  fc
    .tuple(
      fc.constantFrom(...ids),
      fc.constantFrom('at_least', 'at_most', 'above', 'below'),
      fc.constantFrom(0, 1, 2, 3),
    )
    .map(([measure, by, number]) => ({ measure, [by]: number }) as RawCondition)

const condition = (ids: readonly string[]): fc.Arbitrary<RawCondition> =>
  fc.oneof(
    { weight: 3, arbitrary: clause(ids) },
    fc.array(clause(ids), { minLength: 2, maxLength: 2 }).map(all => ({ all })),
    fc.array(clause(ids), { minLength: 2, maxLength: 2 }).map(any => ({ any })),
    clause(ids).map(not => ({ not })),
  )

const BANDS: RawBand[] = [
  { id: 'at_risk', role: 'at_risk', from: 0 },
  { id: 'attention', role: 'attention', from: 40 },
  { id: 'healthy', role: 'healthy', from: 69.5 },
]

const segment = fc.record({
  when: fc.constantFrom(1, 2, 3).map((at_least): RawCondition => ({ attribute: 'seats', at_least })),
  weights: fc.record({ c0: weight }),
  bands: fc.constantFrom({}, { healthy: 80 }, { attention: 30, healthy: 50 }),
})

/** An account under a model of up to four measures in up to three components, with caps that may ask a watched one. */
export const smallCase: fc.Arbitrary<SmallCase> = fc
  .tuple(
    fc.subarray([...METRICS], { minLength: 1 }),
    fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 4, maxLength: 4 }),
  )
  .chain(([metrics, homes]) =>
    fc.record({
      measures: fc.tuple(...metrics.map(measure)),
      homes: fc.constant(homes),
      weights: fc.tuple(weight, weight, weight),
      caps: fc.array(
        fc.record({
          when: condition([...metrics, 'w']),
          at_most: fc.constantFrom(20, 39.5, 50, 69, 69.5),
          because: fc.constant('It is so'),
        }),
        { maxLength: 2 },
      ),
      segments: fc.array(segment, { maxLength: 1 }),
      values: fc.record(Object.fromEntries([...metrics, 'w'].map(id => [id, fc.constantFrom(0, 0, 1, 2, 3, 4)])), {
        requiredKeys: [],
      }),
    }),
  )
  .map(({ measures, homes, weights, caps, segments, values }) => {
    const components = [...new Set(homes.slice(0, measures.length))].sort().map(home => ({
      id: `c${home}`,
      weight: weights[home] ?? 1,
      measures: measures.filter((_, index) => homes[index] === home),
    }))
    const known = new Set(components.map(({ id }) => id))
    const model = compiled({
      name: 'any',
      components,
      watch: [{ id: 'w', metric: 'w', take: 'latest' }],
      bands: BANDS,
      segments: segments.map((one, index) => ({
        ...one,
        id: `s${index}`,
        weights: known.has('c0') ? one.weights : {},
      })),
      caps,
      alerts: [],
    } as Parameters<typeof compiled>[0])
    return { model, values: values as Values }
  })
  .filter(({ model, values }) => scored(model, values).score !== undefined)

/** The account with just these values, as its signals and its attribute say them. */
export function accountWith({ seats, ...values }: Values): ObservedAccount {
  const signals = Object.entries(values).map(([metric, value]) => ({
    metric,
    value,
    observedAt: AT - 1,
    receivedAt: AT - 1,
    id: '',
  }))
  const attributes = seats === undefined ? [] : [['seats', [{ from: 0, value: String(seats) }]] as const]
  return { history: historyOf(signals), attribute: attributesOf(new Map(attributes)) }
}

export function scored(model: Model, values: Values): Assessment {
  return assess(model, accountWith(values), AT)
}

export function rankOf({ bands, score }: Assessment): number {
  return bands.findIndex(({ id }) => id === score?.band.id)
}

/** The inputs that may be moved: what the model lets move, and the watched one where it is known and a cap asks. */
function movable({ model, values }: SmallCase): string[] {
  const measures = model.components.flatMap(({ measures }) => measures.filter(({ movable }) => movable))
  const isAsked = values.w !== undefined && JSON.stringify(model.caps).includes('"name":"w"')
  return [...measures.map(({ id }) => id), ...(isAsked ? ['w'] : [])]
}

/** Every way to set so many inputs that lifts the account into a better band. */
export function bruteForce(one: SmallCase, size: number): Values[] {
  const before = rankOf(scored(one.model, one.values))
  return settings(movable(one), size).filter(
    changed =>
      Object.entries(changed).every(([id, to]) => to !== one.values[id]) &&
      rankOf(scored(one.model, { ...one.values, ...changed })) > before,
  )
}

function settings(ids: readonly string[], size: number): Values[] {
  if (size === 0) return [{}]
  return ids.flatMap((id, index) =>
    settings(ids.slice(index + 1), size - 1).flatMap(rest => GRID.map(to => ({ ...rest, [id]: to }))),
  )
}
