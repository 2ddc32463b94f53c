import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Candidate, medianOf, nearness, worthOf, yourFive } from '../../src/domain/home/your-five.ts'

const candidate = fc.record(
  {
    id: fc.uuid(),
    healthyFrom: fc.constantFrom(60, 70, 80),
    hasAlert: fc.boolean(),
    arr: fc.integer({ min: 0, max: 1_000_000 }),
    chance: fc.double({ min: 0, max: 1, noNaN: true }),
    shown: fc.integer({ min: 0, max: 100 }),
    daysToRenewal: fc.double({ min: -400, max: 800, noNaN: true }),
  },
  { requiredKeys: ['id', 'healthyFrom', 'hasAlert'] },
)
const portfolio = fc.uniqueArray(candidate, { selector: ({ id }) => id, maxLength: 40 })
const most = fc.integer({ min: 1, max: 20 })

it('never gives more than asked for, whatever happened, and counts the rest', () => {
  fc.assert(
    fc.property(portfolio, most, (accounts, most) => {
      const { chosen, rest } = yourFive(accounts, 100, most)
      const matters = accounts.filter(account => account.hasAlert || worthOf(account, 100) > 0)
      expect(chosen.length).toBe(Math.min(most, matters.length))
      expect(chosen.length + rest).toBe(matters.length)
      expect(new Set(chosen).size).toBe(chosen.length)
    }),
  )
})

it('gives the most worth first, and leaves out nothing that is worth more', () => {
  fc.assert(
    fc.property(portfolio, most, (accounts, most) => {
      const { chosen } = yourFive(accounts, 100, most)
      const worths = chosen.map(account => worthOf(account, 100))
      const least = worths.at(-1) ?? 0
      worths.slice(1).forEach((worth, at) => {
        expect(worth).toBeLessThanOrEqual((worths[at] ?? 0) * (1 + 1e-8) + Number.MIN_VALUE)
      })
      for (const account of accounts.filter(account => !chosen.includes(account))) {
        if (chosen.length === most) expect(worthOf(account, 100)).toBeLessThanOrEqual(least * (1 + 1e-8))
      }
    }),
  )
})

it('puts an open alert first where nothing else tells two accounts apart', () => {
  fc.assert(
    fc.property(candidate, account => {
      const calm: Candidate = { ...account, id: 'a', hasAlert: false }
      const open: Candidate = { ...account, id: 'b', hasAlert: true }
      expect(yourFive([calm, open], 100, 5).chosen[0]).toBe(open)
    }),
  )
})

it('gives the same in whatever order the accounts come', () => {
  fc.assert(
    fc.property(portfolio, most, (accounts, most) => {
      expect(yourFive(accounts.toReversed(), 100, most)).toEqual(yourFive(accounts, 100, most))
    }),
  )
})

it('takes the chance for the points below healthy, and the median for an ARR that is unknown', () => {
  const base = { id: 'a', healthyFrom: 70, hasAlert: false, daysToRenewal: 10 }
  expect(worthOf({ ...base, shown: 40, arr: 1_000 }, 500)).toBeCloseTo(300)
  expect(worthOf({ ...base, shown: 40, chance: 0.1, arr: 1_000 }, 500)).toBeCloseTo(100)
  expect(worthOf({ ...base, shown: 40 }, 500)).toBeCloseTo(150)
  expect(worthOf({ ...base, shown: 90, arr: 1_000 }, 500)).toBe(0)
  expect(worthOf({ ...base, arr: 1_000 }, 500)).toBe(0)
})

it.each([
  [0, 1],
  [30, 1],
  [105, 0.65],
  [180, 0.3],
  [1_000, 0.3],
  [-10, 1],
  [-31, 0.3],
  [undefined, 0.3],
])('a renewal in %s days counts %s', (days, weight) => {
  expect(nearness(days)).toBeCloseTo(weight)
})

it.each([
  [[], 1],
  [[7], 7],
  [[1, 9, 5], 5],
  [[4, 1, 3, 2], 2.5],
])('the median of %j is %s', (amounts, median) => {
  expect(medianOf(amounts)).toBe(median)
})
