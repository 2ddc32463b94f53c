import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assess } from '../../src/domain/scoring/score.ts'
import { bareVerdict } from '../../src/domain/scoring/settle.ts'
import { METRICS } from '../support/model-arbitrary.ts'
import { TODAY, world } from '../support/model-arbitrary-signals.ts'
import { compiled, runs } from '../support/world-of-scores.ts'
import {
  accountOf,
  BANDS,
  modelIn,
  modelOfMeasure,
  NOW,
  observedWorld,
  signal,
} from '../support/world-of-scores-in-memory.ts'

const WEIGHTS = [20, 20, 16, 16, 16, 12]
const components = WEIGHTS.map(
  (weight, i) => `
  - {id: c${i}, weight: ${weight}, measures: [{id: m${i}, metric: m${i}, take: latest, scale: {0: 0, 100: 100}}]}`,
)
const six = modelIn(`name: six\ncomponents:${components.join('')}\n${BANDS}`)

describe('what is missing', () => {
  it('shares 25, 20, 20, 20, 15 where a pulse of 20% is missing next to 20, 16, 16, 16, 12', () => {
    const account = accountOf([1, 2, 3, 4, 5].map(i => signal(`m${i}`, 1, 10 * i)))

    const { components, coverage } = assess(six, account, NOW)

    expect(components().map(({ share }) => Math.round(share * 1e9) / 1e7)).toEqual([0, 25, 20, 20, 20, 15])
    expect(coverage).toBeCloseTo(0.8, 9)
  })

  it('moves no other reading', () => {
    fc.assert(
      fc.property(world, fc.constantFrom(...METRICS), (any, missing) => {
        const model = compiled({ ...any.model, segments: [] })
        const all = assess(model, observedWorld(any), TODAY)
        const fewer = { ...any, signals: any.signals.filter(({ metric }) => metric !== missing) }

        const less = assess(model, observedWorld(fewer), TODAY)

        for (const { id, input } of [...model.components.flatMap(({ measures }) => measures), ...model.watch]) {
          const asks = input.from === 'metric' && (input.metric === missing || input.per?.metric === missing)
          if (!asks) expect(less.readings().get(id)).toEqual(all.readings().get(id))
        }
      }),
      runs(40),
    )
  })
})

describe('an account of which nothing is known', () => {
  it('has no score at all, never 0, 50 or 100', () => {
    fc.assert(
      fc.property(world, any => {
        const nothing = assess(compiled(any.model), accountOf([]), TODAY)

        expect(nothing.score).toBeUndefined()
        expect(nothing.coverage).toBe(0)
        expect(bareVerdict(nothing)).toBe('unknown')
        expect(nothing.components().every(({ share, points, lost }) => share + points + lost === 0)).toBe(true)
      }),
      runs(40),
    )
  })

  it('gets none from values for empty windows alone', () => {
    const tickets = modelOfMeasure('metric: tickets, take: sum, over: 30d, when_empty: 0, steps: {0: 100, 1: 0}')

    const nothing = assess(tickets, accountOf([]), NOW)
    expect(nothing.coverage).toBe(0)
    expect(nothing.components()).toMatchObject([{ share: 0, points: 0, lost: 0 }])
    expect(assess(tickets, accountOf([signal('tickets', 31, 4)]), NOW).score).toBeUndefined()
    expect(assess(tickets, accountOf([signal('tickets', 29, 0)]), NOW).score?.value).toBe(100)
  })
})

describe('zero', () => {
  it.each([
    ['a signal of 0', 'metric: it, take: latest, scale: {0: 0, 10: 100}', accountOf([signal('it', 1, 0)])],
    ['a sum of 0', 'metric: it, take: sum, over: 30d, scale: {0: 0, 10: 100}', accountOf([signal('it', 1, 0)])],
    ['an attribute of 0', 'from: attribute, attribute: seats, scale: {0: 0, 10: 100}', accountOf([], { seats: '0' })],
  ])('%s is a value, and makes a score of 0', (_, measure, account) => {
    const { score, coverage } = assess(modelOfMeasure(measure), account, NOW)

    expect(score).toMatchObject({ value: 0, shown: 0 })
    expect(coverage).toBe(1)
  })
})
