import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numberIn, roundedTo, shownAs, sumOf } from '../../src/domain/number.ts'
import { assess } from '../../src/domain/scoring/score.ts'
import { runs } from '../support/world-of-scores.ts'
import { accountOf, modelOfMeasure, NOW, signal } from '../support/world-of-scores-in-memory.ts'

describe('the number that people see', () => {
  it.each([
    [47.826, 48],
    [69.5, 70],
    [69.4999999996, 70],
    [69.499999999, 69],
    [70.4999999, 70],
    [0.5, 1],
    [0.4999, 0],
    [99.5, 100],
    [2.5, 3],
    [1.005 * 100 - 0.5, 100],
    [0, 0],
    [100, 100],
  ])('%d is shown as %d', (score, shown) => {
    expect(shownAs(score)).toBe(shown)
  })

  it.each([
    [69.4, 69, 'attention'],
    [69.5, 70, 'healthy'],
    [69.4999999996, 70, 'healthy'],
    [39.49, 39, 'at_risk'],
    [39.5, 40, 'attention'],
  ])('%d is shown as %d, and lies in the band of that: %s', (value, shown, band) => {
    const model = modelOfMeasure('metric: it, take: latest, scale: {0: 0, 100: 100}')

    const { score } = assess(model, accountOf([signal('it', 0, value)]), NOW)

    expect({ shown: score?.shown, band: score?.band.id }).toEqual({ shown, band })
  })
})

describe('rounding parts by largest remainder', () => {
  const parts = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 8 })

  it('always adds up to the rounded sum, and moves no part by a whole point', () => {
    fc.assert(
      fc.property(parts, parts => {
        const total = shownAs(sumOf(parts, part => part))

        const rounded = roundedTo(total, parts)

        expect(sumOf(rounded, part => part)).toBe(total)
        const moved = rounded.map((part, i) => Math.abs(part - (parts[i] ?? 0)))
        expect(Math.max(...moved)).toBeLessThan(1 + 1e-9)
      }),
      runs(1000),
    )
  })

  it.each([
    [100, [33.3, 33.3, 33.4], [33, 33, 34]],
    [48, [16.5, 16.5, 15], [17, 16, 15]],
    [1, [0.4, 0.3, 0.3], [1, 0, 0]],
    [-8, [-8.2, 0], [-8, 0]],
    [0, [0, 0], [0, 0]],
  ])('%d of %j is %j', (total, parts, rounded) => {
    expect(roundedTo(total, parts)).toEqual(rounded)
  })
})

describe('a text as a number', () => {
  it.each([
    ['12.5', 12.5],
    ['-3', -3],
    ['0', 0],
    ['', undefined],
    ['  ', undefined],
    ['12 seats', undefined],
    ['Infinity', undefined],
    ['1e400', undefined],
    ['NaN', undefined],
    ['0x1F', undefined],
    ['0b1', undefined],
    ['.', undefined],
    [' 1e3 ', 1000],
    ['.5', 0.5],
    ['+7.', 7],
  ])('%j is %s', (text, number) => {
    expect(numberIn(text)).toBe(number)
  })
})
