import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detectionOf } from '../../../src/domain/outcomes/backtest/detection.ts'
import { leadTime } from '../../../src/domain/outcomes/backtest/lead-time.ts'
import { scoreParts } from '../../../src/domain/outcomes/backtest/score-parts.ts'
import { aucDifference, aucOf, type Scored } from '../../../src/domain/outcomes/statistics/auc.ts'
import { isotonic } from '../../../src/domain/outcomes/statistics/isotonic.ts'
import { quantile } from '../../../src/domain/outcomes/statistics/quantile.ts'
import { vennAbers } from '../../../src/domain/outcomes/statistics/venn-abers.ts'
import { wilson } from '../../../src/domain/outcomes/statistics/wilson.ts'

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** DeLong's variance by its definition, pair by pair. */
function naive(cases: readonly Scored[]) {
  const [bad, good] = [cases.filter(({ isBad }) => isBad), cases.filter(({ isBad }) => !isBad)]
  const wins = (a: Scored, b: Scored) => (a.score < b.score ? 1 : a.score === b.score ? 0.5 : 0)
  const [v10, v01] = [bad.map(a => mean(good.map(b => wins(a, b)))), good.map(b => mean(bad.map(a => wins(a, b))))]
  return { auc: mean(v10), v10, v01 }
}
const spread = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1)

const sides = fc.tuple(
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 30 }),
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 30 }),
)
const casesOf = ([bad, good]: [number[], number[]]): Scored[] => [
  ...bad.map(score => ({ score, isBad: true })),
  ...good.map(score => ({ score, isBad: false })),
]

describe('the AUC', () => {
  it('counts a tie half', () => {
    // Of the four pairs two are right, one is wrong, one is a tie.
    expect(
      aucOf(
        casesOf([
          [1, 3],
          [2, 3],
        ]),
      )?.value,
    ).toBe(2.5 / 4)
  })

  it('has the interval of DeLong, as a second implementation by its definition finds it', () => {
    fc.assert(
      fc.property(sides, both => {
        const found = aucOf(casesOf(both))
        const { auc, v10, v01 } = naive(casesOf(both))
        const reach = 1.959963984540054 * Math.sqrt(spread(v10) / v10.length + spread(v01) / v01.length)
        expect(found?.value).toBeCloseTo(auc, 12)
        expect(found?.low).toBeCloseTo(Math.max(0, auc - reach), 12)
        expect(found?.high).toBeCloseTo(Math.min(1, auc + reach), 12)
      }),
    )
  })

  it('differs between two scores of the same cases by the paired interval', () => {
    const triple = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { minLength: 2, maxLength: 20 })
    fc.assert(
      fc.property(triple, triple, (bad, good) => {
        const pairs = [...bad.map(pair => ({ pair, isBad: true })), ...good.map(pair => ({ pair, isBad: false }))]
        const [a, b] = [0, 1].map(at => naive(pairs.map(({ pair, isBad }) => ({ score: pair[at] ?? 0, isBad }))))
        if (a === undefined || b === undefined) return
        const reach = (side: 'v10' | 'v01') => spread(a[side].map((v, at) => v - (b[side][at] ?? 0))) / a[side].length
        const found = aucDifference(pairs.map(({ pair: [first, second], isBad }) => ({ first, second, isBad })))
        expect(found?.value).toBeCloseTo(a.auc - b.auc, 12)
        expect((found?.high ?? 0) - (found?.value ?? 0)).toBeCloseTo(
          1.959963984540054 * Math.sqrt(reach('v10') + reach('v01')),
          12,
        )
      }),
    )
  })

  it('is not told from one of a side', () => {
    expect(aucOf(casesOf([[1], [2, 3]]))).toBeUndefined()
  })

  it('knows floating noise for a tie', () => {
    expect(
      aucOf(
        casesOf([
          [0.1 + 0.2, 0.3],
          [0.3, 0.3],
        ]),
      )?.value,
    ).toBe(0.5)
  })
})

/** Newcombe 1998, Statistics in Medicine 17:857, table I, method 3. */
it.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('%i of %i have the interval of Wilson that Newcombe printed', (count, of, low, high) => {
  const found = wilson(count, of)

  expect([found?.low, found?.high].map(end => Number(end?.toFixed(4)))).toEqual([low, high])
})

it('the isotonic fit is that of the manual of R (isoreg)', () => {
  const fitted = isotonic([1, 0, 4, 3, 3, 5, 4, 2, 0].map(mean => ({ weight: 1, mean })))

  expect(fitted).toEqual([0.5, 0.5, 3, 3, 3, 3, 3, 3, 3])
})

it('the isotonic fit never falls, and keeps the mean', () => {
  const places = fc.array(fc.record({ weight: fc.integer({ min: 1, max: 5 }), mean: fc.nat(10) }), { minLength: 1 })
  fc.assert(
    fc.property(places, places => {
      const fitted = isotonic(places)
      const total = (values: readonly number[]) =>
        places.reduce((sum, { weight }, at) => sum + weight * (values[at] ?? 0), 0)
      expect(fitted.every((value, at) => at === 0 || value >= (fitted[at - 1] ?? 0))).toBe(true)
      expect(total(fitted)).toBeCloseTo(total(places.map(({ mean }) => mean)), 9)
    }),
  )
})

describe('the chance of Venn-Abers', () => {
  const known = [
    { risk: 0.1, isBad: false },
    { risk: 0.4, isBad: true },
    { risk: 0.35, isBad: false },
    { risk: 0.8, isBad: true },
  ]

  it.each([
    [0.2, 0, 0.5, 1 / 3],
    [0.5, 0.5, 1, 2 / 3],
    [0.9, 2 / 3, 1, 3 / 4],
  ])('at %d is what vennabers 1.0.0 of CRAN prints', (risk, low, high, point) => {
    const chance = vennAbers(known)(risk)

    expect(Math.abs(chance.low - low)).toBeLessThan(1e-12)
    expect(Math.abs(chance.high - high)).toBeLessThan(1e-12)
    expect(Math.abs(chance.point - point)).toBeLessThan(1e-12)
  })

  it('never falls with the risk, and holds the point between its ends', () => {
    const rated = fc.array(fc.record({ risk: fc.nat(20), isBad: fc.boolean() }), { maxLength: 40 })
    fc.assert(
      fc.property(rated, fc.nat(20), fc.nat(20), (rated, a, b) => {
        const chanceOf = vennAbers(rated)
        const [less, more] = [chanceOf(Math.min(a, b)), chanceOf(Math.max(a, b))]
        expect(less.low).toBeLessThanOrEqual(less.point + 1e-12)
        expect(less.point).toBeLessThanOrEqual(less.high + 1e-12)
        expect(less.low).toBeLessThanOrEqual(more.low + 1e-12)
        expect(less.high).toBeLessThanOrEqual(more.high + 1e-12)
      }),
    )
  })
})

describe('what a warning is worth', () => {
  const one = (score: number, isBad: boolean) => ({ score, isBad, isFlagged: score < 40 })
  // Ten outcomes, four of them bad; three are flagged, two of them rightly.
  const cases = [10, 20, 60, 70]
    .map(score => one(score, true))
    .concat([30, 50, 55, 80, 90, 95].map(score => one(score, false)))

  it('is counted as precision, recall, F1 and lift', () => {
    const found = detectionOf(cases)

    expect(found.precision?.value).toBeCloseTo(2 / 3, 12)
    expect(found.recall?.value).toBe(0.5)
    expect(found.f1).toBeCloseTo(4 / 7, 12)
    expect(found.baseRate?.value).toBe(0.4)
    expect(found.lift).toBeCloseTo(2 / 3 / 0.4, 12)
    expect(found.topDecileLift).toBeCloseTo(1 / 0.4, 12)
  })

  it('counts a tie at the edge of the lowest tenth in part', () => {
    // Two of ten tie for the one place; one of them is bad.
    const tied = [one(10, true), one(10, false), ...Array.from({ length: 8 }, () => one(80, false))]

    expect(detectionOf(tied).topDecileLift).toBeCloseTo(0.5 / 0.1, 12)
  })

  it('says nothing where there is nothing to divide', () => {
    expect(detectionOf([one(80, false)])).toMatchObject({ precision: undefined, recall: undefined, lift: undefined })
  })
})

it('parts of the scores are of equal size, but keep ties together', () => {
  const sizes = (scores: number[]) =>
    scoreParts(
      scores.map(score => ({ score, isBad: false })),
      5,
    ).map(({ count }) => count)

  expect(sizes([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toEqual([2, 2, 2, 2, 2])
  expect(sizes([1, 2, 2, 2, 5, 6, 7, 8, 9, 10])).toEqual([4, 2, 2, 2])
  expect(sizes([5, 5, 5, 5, 5])).toEqual([5])
})

it('quantiles are those of type 7 in R', () => {
  expect([0.25, 0.5, 0.75].map(share => quantile([10, 1, 4, 3], share))).toEqual([2.5, 3.5, 5.5])
  expect(quantile([], 0.5)).toBeUndefined()
})

describe('the lead time', () => {
  const during = (...days: string[]) => leadTime('2026-10-11', day => days.includes(day))

  it('goes back to the first day of the last unbroken run at risk', () => {
    expect(during('2026-10-10', '2026-10-09', '2026-10-08', '2026-10-05')).toBe(3)
    expect(during('2026-10-08', '2026-10-07', '2026-10-01')).toBe(4)
  })

  it('does not count the day itself, is at most a year, and is none where no day was at risk', () => {
    expect(during('2026-10-11')).toBeUndefined()
    expect(leadTime('2026-10-11', () => true)).toBe(365)
    expect(leadTime('2026-10-11', () => false)).toBeUndefined()
  })
})
