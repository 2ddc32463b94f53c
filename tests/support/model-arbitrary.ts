import fc from 'fast-check'
import { early, full, withReadings } from './model-arbitrary-conditions.ts'
import type { RawBand, RawComponent, RawMeasure, RawModel, RawSegment } from './oracle-model.ts'

export const METRICS = ['logins', 'seats', 'nps', 'tickets'] as const
const WINDOWS = ['12h', '1d', '36h', '2d', '1w', '30d'] as const
const weight = fc.constantFrom(0.1, 0.2, 0.3, 1, 2, 20, 33.3)
const over = fc.constantFrom(...WINDOWS)
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 })
const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })

/** Flat, falling, up and down: whatever keys and outputs, at least two points. */
const points = fc
  .uniqueArray(fc.constantFrom(-100, -50, -1, 0, 0.25, 0.3, 0.5, 0.6, 1, 3, 3.3, 5, 10, 30, 100), {
    minLength: 2,
    maxLength: 4,
  })
  .chain(keys =>
    fc
      .array(fc.constantFrom(0, 10, 33.3, 40, 50, 60, 69.5, 70, 100), {
        minLength: keys.length,
        maxLength: keys.length,
      })
      .map(scores => Object.fromEntries(keys.map((key, i) => [String(key), scores[i] ?? 0]))),
  )

const per = fc
  .record(
    {
      metric: fc.constantFrom(...METRICS),
      take: fc.constantFrom('latest', 'sum', 'mean', 'min', 'max', 'count', 'days_since', 'change'),
      over,
    },
    { requiredKeys: ['metric'] },
  )
  .filter(({ take, over }) => take !== 'change' || over !== undefined)

type Input = Omit<RawMeasure, 'id'>
const metric = fc.constantFrom(...METRICS)

const plain: fc.Arbitrary<Input> = fc.record({
  metric,
  take: fc.constantFrom('latest', 'sum', 'mean', 'min', 'max', 'count', 'days_since'),
  over: maybe(over),
  when_empty: maybe(fc.constantFrom(0, 1, 5, 30)),
  per: seldom(per),
})
const change: fc.Arbitrary<Input> = fc.record({
  metric,
  take: fc.constant('change'),
  of: maybe(fc.constantFrom('mean', 'sum', 'count')),
  over,
  per: seldom(per),
})
const attribute: fc.Arbitrary<Input> = fc.record({
  from: fc.constant('attribute'),
  attribute: fc.constantFrom('seats_bought', 'plan'),
})
const input = fc.oneof({ weight: 6, arbitrary: plain }, { weight: 2, arbitrary: change }, attribute)

const measure = fc
  .tuple(input, seldom(early), fc.constantFrom('scale', 'steps'), points, maybe(weight))
  .map(([read, applies_when, form, scale, own]): Input => ({ ...read, applies_when, [form]: scale, weight: own }))

const watched = fc.tuple(input, seldom(early)).map(([read, applies_when]): Input => ({ ...read, applies_when }))

const components = fc
  .array(fc.tuple(weight, fc.array(measure, { minLength: 1, maxLength: 3 })), { minLength: 1, maxLength: 4 })
  .map(list =>
    list.map(
      ([own, measures], i): RawComponent => ({
        id: `c${i}`,
        weight: own,
        measures: measures.map((one, j) => ({ ...one, id: `m${i}${j}` })),
      }),
    ),
  )

const ROLES = ['at_risk', 'attention', 'healthy', 'healthy'] as const
const lines = (count: number) =>
  fc
    .uniqueArray(fc.constantFrom(10, 33, 34, 40, 50, 60, 67, 70, 80), { minLength: count, maxLength: count })
    .map(list => list.sort((a, b) => a - b))

const bands = fc
  .integer({ min: 1, max: 3 })
  .chain(lines)
  .map(list => [0, ...list].map((from, i): RawBand => ({ id: `b${i}`, role: ROLES[i] ?? 'healthy', from })))

function segmentOf(model: { components: readonly RawComponent[]; bands: readonly RawBand[] }) {
  const some = fc.subarray(model.components.map(({ id }) => id))
  const weights = some.chain(ids => fc.record(Object.fromEntries(ids.map(id => [id, weight]))))
  const ids = model.bands.slice(1).map(({ id }) => id)
  const others = lines(ids.length).map(list => Object.fromEntries(ids.map((id, i) => [id, list[i] ?? 0])))
  return fc.record({ when: early, weights, bands: maybe(others), min_coverage: maybe(fc.constantFrom(0, 0.3, 0.6)) })
}

const settling = fc.record({
  dwell: fc.integer({ min: 1, max: 3 }),
  margin: fc.constantFrom(0, 5, 10),
  sharp_drop: fc.record({ points: fc.constantFrom(5, 15, 30), over: fc.constantFrom('2d', '1w', '30d') }),
})

/** Every model that the schema allows, built from few values, so that they meet often. */
export const rawModel: fc.Arbitrary<RawModel> = fc
  .record({ components, bands, watch: fc.array(watched, { maxLength: 2 }) })
  .chain(base => {
    const watch = base.watch.map((one, i) => ({ ...one, id: `w${i}` }))
    const names = {
      measures: [...base.components.flatMap(({ measures }) => measures), ...watch].map(({ id }) => id),
      components: base.components.map(({ id }) => id),
      bands: base.bands.map(({ id }) => id),
    }
    return fc.record({
      name: fc.constant('any'),
      min_coverage: maybe(fc.constantFrom(0, 0.3, 0.5, 0.6, 0.7, 1)),
      components: fc.constant(base.components),
      watch: fc.constant(watch),
      bands: fc.constant(base.bands),
      segments: fc
        .array(segmentOf(base), { maxLength: 2 })
        .map(list => list.map((one, i): RawSegment => ({ ...one, id: `s${i}` }))),
      caps: fc.array(
        fc.record({
          when: withReadings(names),
          at_most: fc.constantFrom(0, 30, 39.5, 50, 69.5),
          because: fc.constant('It is so'),
        }),
        { maxLength: 2 },
      ),
      settling: maybe(settling),
      trend: maybe(fc.record({ dead_band: fc.constantFrom(1, 5, 10), over: fc.constantFrom('1d', '1w', '30d') })),
      expansion: maybe(fc.record({ when: full(names), held_for: fc.constantFrom('1d', '2d', '5d') })),
      alerts: fc.constant([]),
    })
  })
