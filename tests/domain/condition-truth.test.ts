import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Condition, type Facts, holds, type Truth, truthOf } from '../../src/domain/model/condition.ts'
import { runs } from '../support/world-of-scores.ts'
import { NOW } from '../support/world-of-scores-in-memory.ts'

/** Attributes that are yes, no, or missing. */
const FACTS: Facts = {
  score: () => undefined,
  scoreChange: () => undefined,
  band: () => undefined,
  component: () => undefined,
  measure: () => undefined,
  alertIsOpen: () => false,
  attribute: name => (name === '?' ? undefined : name),
}

const is = (name: string): Condition => ({
  subject: { of: 'attribute', name },
  comparison: { by: 'is', texts: ['yes'] },
})
const [YES, NO, UNKNOWN] = [is('yes'), is('no'), is('?')]
const NAMES = new Map<Truth, string>([
  [true, 'true'],
  [false, 'false'],
  [undefined, 'unknown'],
])
const said = (condition: Condition) => NAMES.get(truthOf(condition, FACTS, NOW))

describe('all', () => {
  it.each([
    ['is true when all are', [YES, YES], 'true'],
    ['is false if any is false', [YES, NO], 'false'],
    ['is false even next to unknown', [UNKNOWN, NO], 'false'],
    ['is false before unknown too', [NO, UNKNOWN], 'false'],
    ['is else unknown if any is unknown', [YES, UNKNOWN], 'unknown'],
    ['is unknown of unknowns', [UNKNOWN, UNKNOWN], 'unknown'],
  ])('%s', (_, all, truth) => {
    expect(said({ all })).toBe(truth)
  })
})

describe('any', () => {
  it.each([
    ['is true if any is true', [NO, YES], 'true'],
    ['is true even next to unknown', [UNKNOWN, YES], 'true'],
    ['is true before unknown too', [YES, UNKNOWN], 'true'],
    ['is else unknown if any is unknown', [NO, UNKNOWN], 'unknown'],
    ['is false when all are', [NO, NO], 'false'],
    ['is unknown of unknowns', [UNKNOWN, UNKNOWN], 'unknown'],
  ])('%s', (_, any, truth) => {
    expect(said({ any })).toBe(truth)
  })
})

describe('not', () => {
  it.each([
    ['turns true round', YES, 'false'],
    ['turns false round', NO, 'true'],
    ['leaves unknown unknown', UNKNOWN, 'unknown'],
  ])('%s', (_, not, truth) => {
    expect(said({ not })).toBe(truth)
  })

  it('obeys De Morgan, unknown included', () => {
    const parts = fc.array(fc.constantFrom(YES, NO, UNKNOWN), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(parts, parts => {
        expect(said({ not: { all: parts } })).toBe(said({ any: parts.map(not => ({ not })) }))
        expect(said({ not: { any: parts } })).toBe(said({ all: parts.map(not => ({ not })) }))
      }),
      runs(100),
    )
  })
})

describe('a condition in use', () => {
  it('does not hold when it is unknown, and neither does its opposite', () => {
    expect(holds(UNKNOWN, FACTS, NOW)).toBe(false)
    expect(holds({ not: UNKNOWN }, FACTS, NOW)).toBe(false)
    expect(holds({ any: [UNKNOWN, YES] }, FACTS, NOW)).toBe(true)
  })

  it.each(['is_not', 'one_of', 'at_least', 'at_most', 'above', 'below'] as const)(
    'is unknown of what is missing: %s',
    by => {
      const comparison = by === 'is_not' || by === 'one_of' ? { by, texts: ['yes'] } : { by, number: 0 }

      expect(said({ subject: { of: 'attribute', name: '?' }, comparison })).toBe('unknown')
      expect(said({ subject: { of: 'measure', name: 'm' }, comparison })).toBe('unknown')
      expect(said({ subject: { of: 'score' }, comparison })).toBe('unknown')
    },
  )
})
