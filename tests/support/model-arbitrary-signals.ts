import fc from 'fast-check'
import { METRICS, rawModel } from './model-arbitrary.ts'
import { type AttributeVersion, DAY, type OracleWorld, type SignalVersion } from './oracle-model.ts'

/** A scheduled scoring, 06:00 UTC, around which everything happens. */
export const TODAY = Date.UTC(2026, 10, 1, 6)

/** Half days before TODAY, so that window edges are met exactly, and one millisecond beside them; a few in the future. */
const instant = fc
  .tuple(fc.oneof(fc.integer({ min: -2, max: 12 }), fc.integer({ min: -4, max: 130 })), fc.constantFrom(0, 0, 0, 1, -1))
  .map(([halfDays, ms]) => TODAY - (halfDays * DAY) / 2 + ms)

/** Few, so that they meet the lines of the model; some leave noise in their sums, and two of the largest overflow. */
const value = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(0, 0, 1, -1, 0.25, 0.5, 3, 5, 10, 49.5, 70, 100, -50) },
  { weight: 10, arbitrary: fc.constantFrom(0.1, 0.2, 0.3, 1.1, 3.3, 4.6, -0.1, 5e-10) },
  { weight: 1, arbitrary: fc.constant(1e308) },
)

/** Corrections come by themselves: instants and ids are few. */
const signal: fc.Arbitrary<SignalVersion> = fc
  .record({
    metric: fc.constantFrom(...METRICS),
    value,
    observedAt: instant,
    delay: fc.constantFrom(0, 0, DAY, 3 * DAY, -DAY),
    id: fc.constantFrom('', '', 'a', 'b', '~2', '~9', '~10'),
  })
  .map(({ delay, ...rest }) => ({ ...rest, receivedAt: rest.observedAt + delay }))

/** Recorded in this order, whenever they were received. */
export const signals = fc.oneof(
  { weight: 1, arbitrary: fc.array(signal, { maxLength: 12 }) },
  { weight: 4, arbitrary: fc.array(signal, { minLength: 20, maxLength: 60 }) },
)

const attribute: fc.Arbitrary<AttributeVersion> = fc.oneof(
  version('plan', 'pro', 'pro', 'basic', '007', 'true'),
  version('seats_bought', '0', '10', '10.0', '50.5', '-1', 'many', '1e400', '0x1F', ' 7 '),
  version('renewal_on', '2026-10-31', '2026-11-01', '2026-11-11', '2026-12-01', 'soon'),
)

function version(name: string, ...values: string[]): fc.Arbitrary<AttributeVersion> {
  return fc.record({ name: fc.constant(name), value: fc.constantFrom(undefined, ...values), at: instant })
}

export const attributes = fc.uniqueArray(attribute, {
  selector: ({ name, at }) => `${name} ${at}`,
  minLength: 2,
  maxLength: 9,
})

export const world: fc.Arbitrary<OracleWorld> = fc.record({
  model: rawModel,
  account: fc.constant({ id: 'acme', name: 'Acme' }),
  signals,
  attributes,
  others: fc.array(signal, { maxLength: 4 }),
})
