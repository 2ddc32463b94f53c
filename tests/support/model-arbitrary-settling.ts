import fc from 'fast-check'
import { TODAY } from './model-arbitrary-signals.ts'
import { type AttributeVersion, DAY, type OracleWorld, type RawModel, type SignalVersion } from './oracle-model.ts'
import type { OracleScoring } from './oracle-settling.ts'

/** How many days a course lasts; day 0 is TODAY. */
export const DAYS = 16

const HOUR = DAY / 24
const SCALE = { 0: 0, 100: 100 }

/** Without `mood` the coverage is too low, without `use` it is not; the number is there either way. */
const settlingModel: fc.Arbitrary<RawModel> = fc
  .record({
    dwell: fc.integer({ min: 1, max: 3 }),
    margin: fc.constantFrom(0, 3, 5),
    points: fc.constantFrom(10, 15, 40),
    over: fc.constantFrom('2d', '5d', '30d'),
    hasBands: fc.constantFrom([40, 70], [40, 55, 70], [50]),
    heldFor: fc.constantFrom('1d', '2d'),
    cap: fc.boolean(),
  })
  .map(({ dwell, margin, points, over, hasBands, heldFor, cap }) => ({
    name: 'settling',
    components: [
      {
        id: 'voice',
        weight: 0.6,
        measures: [{ id: 'mood', metric: 'mood', take: 'latest', over: '3d', scale: SCALE }],
      },
      { id: 'usage', weight: 0.4, measures: [{ id: 'use', metric: 'use', take: 'mean', over: '36h', scale: SCALE }] },
    ],
    bands: [0, ...hasBands].map((from, i) => ({ id: `b${i}`, role: i === 0 ? 'at_risk' : 'healthy', from })),
    segments: [
      {
        id: 'strict',
        when: { attribute: 'plan', is: 'pro' },
        bands: Object.fromEntries(hasBands.map((from, i) => [`b${i + 1}`, from + 6])),
      },
    ],
    caps: cap ? [{ when: { measure: 'use', at_most: 40 }, at_most: 50, because: 'It is hardly used' }] : [],
    settling: { dwell, margin, sharp_drop: { points, over } },
    expansion: { when: { score: true, at_least: 60 }, held_for: heldFor },
    alerts: [],
  }))

/** Around the lines and the margins, with a fall from high up now and then. */
const level = fc.constantFrom(30, 38, 39, 40, 44, 45, 50, 54, 56, 60, 69, 70, 74, 75, 76, 82, 95)

/** News in the early morning reach the scheduled scoring, at noon the one in the afternoon. */
const news = fc
  .record({
    metric: fc.constantFrom('mood', 'mood', 'use'),
    day: fc.integer({ min: -8, max: DAYS }),
    hour: fc.constantFrom(0, 0, 0, 6),
    value: level,
  })
  .map(({ metric, day, hour, value }): SignalVersion => {
    const observedAt = TODAY + day * DAY + hour * HOUR
    return { metric, value, observedAt, receivedAt: observedAt, id: '' }
  })

const plan = fc
  .record({ day: fc.integer({ min: -1, max: DAYS }), value: fc.constantFrom('pro', 'basic', undefined) })
  .map(({ day, value }): AttributeVersion => ({ name: 'plan', value, at: TODAY + day * DAY + HOUR }))

/** Accounts whose numbers move about the lines of one model. */
export const courses: fc.Arbitrary<readonly OracleWorld[]> = settlingModel.chain(model =>
  fc
    .array(
      fc.record({
        signals: fc.array(news, { minLength: 10, maxLength: 40 }),
        attributes: fc.uniqueArray(plan, { selector: ({ at }) => at, maxLength: 2 }),
      }),
      { minLength: 3, maxLength: 3 },
    )
    .map(list => list.map((course, i) => ({ ...course, model, account: { id: `a${i}`, name: `Account ${i}` } }))),
)

/** On most days at six, and sometimes again in the afternoon. */
export const scorings: fc.Arbitrary<readonly OracleScoring[]> = fc
  .array(fc.constantFrom('none', 'morning', 'morning', 'morning', 'both'), { minLength: DAYS, maxLength: DAYS })
  .map(days =>
    days.flatMap((day, i) => {
      const at = TODAY + i * DAY
      const again = { at: at + 9 * HOUR, scheduled: false }
      return day === 'none' ? [] : day === 'morning' ? [{ at, scheduled: true }] : [{ at, scheduled: true }, again]
    }),
  )
