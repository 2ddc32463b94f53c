import fc from 'fast-check'
import type { RawClause, RawCondition } from './oracle-model.ts'

type Subject = Partial<RawClause>

/** The measures, components and bands of the model that asks. */
export interface Names {
  readonly measures: readonly string[]
  readonly components: readonly string[]
  readonly bands: readonly string[]
}

const TEXTS = ['pro', 'Pro', 'basic', '10', '10.0', '007', 'true'] as const
const text = fc.constantFrom(...TEXTS)
const heldFor = fc.constantFrom(undefined, undefined, undefined, undefined, undefined, undefined, '1d', '2d', '1w')

const texts: fc.Arbitrary<Subject> = fc.oneof(
  text.map(is => ({ is })),
  text.map(is_not => ({ is_not })),
  fc.array(text, { minLength: 1, maxLength: 3 }).map(one_of => ({ one_of })),
)

const numbers = (...values: number[]): fc.Arbitrary<Subject> =>
  fc
    .tuple(fc.constantFrom('at_least', 'at_most', 'above', 'below'), fc.constantFrom(...values))
    .map(([by, value]) => ({ [by]: value }))

const clauseOf = (subject: fc.Arbitrary<Subject>, comparison: fc.Arbitrary<Subject>): fc.Arbitrary<RawClause> =>
  fc.tuple(subject, comparison, heldFor).map(([a, b, held_for]) => ({ ...a, ...b, held_for }))

const early0 = fc.oneof(
  clauseOf(
    fc.constantFrom(
      ...['plan', 'plan', 'plan', 'seats_bought', 'seats_bought', 'no_such'].map(attribute => ({ attribute })),
    ),
    fc.oneof(texts, numbers(0, 7, 10, 50)),
  ),
  clauseOf(
    fc.constantFrom(...['renewal_on', 'renewal_on', 'plan'].map(days_until => ({ days_until }))),
    numbers(-1, -0.25, 0, 10, 30),
  ),
)

/** All, any and not over these clauses, two levels deep. */
function nested(clause: fc.Arbitrary<RawClause>): fc.Arbitrary<RawCondition> {
  const { condition } = fc.letrec<{ condition: RawCondition }>(tie => ({
    condition: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      { weight: 3, arbitrary: clause },
      fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie('condition') }),
    ),
  }))
  return condition
}

/** What may be asked before there is any reading. */
export const early: fc.Arbitrary<RawCondition> = nested(early0)

const reading = (names: Names) =>
  clauseOf(
    fc.constantFrom(...names.measures).map(measure => ({ measure })),
    numbers(-1, 0, 0.3, 0.5, 1, 3.3, 5, 10, 50),
  )

/** What caps may ask. */
export const withReadings = (names: Names): fc.Arbitrary<RawCondition> => nested(fc.oneof(early0, reading(names)))

/** What expansion may ask: everything. */
export function full(names: Names): fc.Arbitrary<RawCondition> {
  return nested(
    fc.oneof(
      early0,
      reading(names),
      clauseOf(fc.constant({ score: true as const }), numbers(10, 40, 50, 70)),
      clauseOf(fc.constantFrom({ score_change: '1d' }, { score_change: '1w' }), numbers(-5, 0, 5)),
      clauseOf(
        fc.constantFrom(...names.components).map(component => ({ component })),
        numbers(10, 40, 60),
      ),
      clauseOf(
        fc.constantFrom(...names.bands).map(band => ({ band })),
        fc.constant({}),
      ),
      clauseOf(fc.constant({ alert: 'at_risk' }), fc.constantFrom({ is: 'open' }, { is_not: 'open' })),
    ),
  )
}
