import fc from 'fast-check'
import { expect, it } from 'vitest'
import { numberText } from '../../src/views/scoring/evidence.ts'

const formats = [0, 1, 2].map(maximumFractionDigits => new Intl.NumberFormat('en-US', { maximumFractionDigits }))

const tenth = (digits: number) => fc.integer({ min: -200_000, max: 200_000 }).map(value => value / 10 ** digits)

it('writes any number as the formatter of the language does', () => {
  const number = fc.oneof(fc.double({ noNaN: true }), tenth(1), tenth(2), tenth(3), tenth(4), tenth(9))
  fc.assert(
    fc.property(number, value => {
      const format = formats[Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0]

      expect(numberText(value)).toBe(value === 0 ? '0' : format?.format(value))
    }),
    { numRuns: 5_000, interruptAfterTimeLimit: 10_000 },
  )
})
