import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chanceOf, expectedLoss, fitChances } from '../../../src/domain/outcomes/chance/chance.ts'
import { chanceAt, chanceSteps } from '../../../src/domain/outcomes/chance/chance-steps.ts'
import { vennAbers } from '../../../src/domain/outcomes/statistics/venn-abers.ts'
import { chanceSentence, lossSentence } from '../../../src/views/outcomes/chance-text.ts'

it('kept as steps, a chance is that of Venn-Abers at every risk', () => {
  const rated = fc.array(
    fc.record({ risk: fc.integer({ min: 0, max: 30 }).map(risk => risk / 3), isBad: fc.boolean() }),
    { maxLength: 40 },
  )
  fc.assert(
    fc.property(
      rated,
      fc.integer({ min: -3, max: 33 }).map(risk => risk / 6),
      (rated, risk) => {
        expect(chanceAt(chanceSteps(rated), risk)).toEqual(vennAbers(rated)(risk))
      },
    ),
  )
})

describe('a chance', () => {
  const known = Array.from({ length: 100 }, (_, at) => ({ risk: at, isBad: at >= 90 }))
  const grounds = { version: 'v', known, renewals: { due: 10, known: 8 } }

  it('is given from ten bad outcomes on', () => {
    expect(fitChances(grounds).steps).toBeDefined()
    expect(fitChances({ ...grounds, known: known.slice(0, 99) })).toEqual({
      version: 'v',
      outcomes: 99,
      reason: 'too few churns and contractions: 9 of the 10 needed',
    })
  })

  it('is withheld where more than a fifth of the renewals have no outcome', () => {
    expect(fitChances({ ...grounds, renewals: { due: 10, known: 7 } }).reason).toBe(
      'only 7 of 10 renewals of the last year have an outcome; 80% are needed',
    )
    expect(fitChances({ ...grounds, renewals: { due: 0, known: 0 } }).steps).toBeDefined()
  })

  it('is higher for a lower score, and a sum over accounts is what may be lost', () => {
    const fit = fitChances(grounds)
    const [low, high] = [chanceOf(fit, 3), chanceOf(fit, 80)]

    expect(low?.point).toBeGreaterThan(high?.point ?? 1)
    expect(
      expectedLoss(fit, [
        { score: 3, arr: 100 },
        { score: 80, arr: 1_000 },
      ])?.point,
    ).toBeCloseTo(100 * (low?.point ?? 0) + 1_000 * (high?.point ?? 0), 9)
  })
})

it('is said as people say it', () => {
  expect(chanceSentence({ low: 1 / 9, point: 1 / 6, high: 1 / 4 }, 300)).toBe(
    'About 1 in 6 accounts like this left or shrank within 90 days (between 1 in 9 and 1 in 4).',
  )
  expect(chanceSentence({ low: 0, point: 0.02, high: 0.05 }, 300)).toContain(
    '(between fewer than 1 in 300 and 1 in 20)',
  )
  expect(lossSentence(1_200_000, { low: 120_000, point: 210_000, high: 330_000 })).toBe(
    'ARR at risk 1.2M, expected loss within 90 days 210K (120K to 330K).',
  )
})
