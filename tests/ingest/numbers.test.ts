import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numberReader, speaksForComma } from '../../src/ingest/cells/numbers.ts'

const plain = () => numberReader(undefined, false, async () => false)
const foreign = () => numberReader(undefined, true, async () => false)
const both = (text: string, dot: number, comma: number) => ({
  reason: `arr "${text}" is ${dot} or ${comma}; write it without grouping, or import with --decimal . or --decimal ,`,
  isAmbiguous: true,
})

describe('a number', () => {
  it.each([
    ['980', 980],
    ['-12.5', -12.5],
    ['0.125', 0.125],
    ['1234.567', 1234.567],
    ['4,25', 4.25],
    ['1.250.000', 1_250_000],
    ['1.234,56', 1234.56],
    ['1,234.56', 1234.56],
    ['1,250,000', 1_250_000],
    ['0,125', 0.125],
    ['1 250 000', 1_250_000],
    ['1\u202F234,567', 1234.567],
    ["1'250.50", 1250.5],
    ['30.000,00 €', 30_000],
    ['€5', 5],
    ['-$5', -5],
    ['EUR 5000', 5000],
    ['5000 USD', 5000],
    ['5\u200B', 5],
    ['1e3', 1000],
  ])('that can mean one thing only is taken, whatever the country: %s', (text, value) => {
    expect([plain().read('arr', text), foreign().read('arr', text)]).toEqual([value, value])
  })

  it('that can mean two things is read plainly where nothing in the file speaks for another country', async () => {
    const reader = plain()
    expect(reader.read('arr', '12.000')).toBeUndefined()
    await reader.settle()

    expect(reader.read('arr', '12.000')).toBe(12)
  })

  it('that can mean two things is refused with both where something does', () => {
    expect(foreign().read('arr', '12.000')).toEqual(both('12.000', 12, 12_000))
  })

  it('with a comma before three digits is refused with both meanings in any file', () => {
    expect(plain().read('arr', '1,234')).toEqual(both('1,234', 1234, 1.234))
  })

  it.each([
    [',', '12.000', 12_000],
    [',', '1,234', 1.234],
    ['.', '12.000', 12],
    ['.', '1,234', 1234],
    [',', '980', 980],
  ] as const)('is read by the sign that was declared: %s makes %s %d', (sign, text, value) => {
    expect(numberReader(sign, true, async () => true).read('arr', text)).toBe(value)
  })

  it('that does not fit the declared sign is refused', () => {
    const reason = 'arr "12.5" does not fit --decimal ,'
    expect(numberReader(',', false, async () => false).read('arr', '12.5')).toEqual({ reason })
  })

  it.each([
    '',
    'NaN',
    'Infinity',
    '-Infinity',
    '1e999',
    '0x1F',
    '0b1',
    '1_000',
    '85%',
    '(5)',
    '12,34,567',
    '1.2.3',
    '€',
    '--5',
    '１２',
  ])('is not %j', text => {
    expect(plain().read('arr', text)).toMatchObject({ reason: expect.stringMatching(/^arr /) })
  })

  it('of a percentage is refused with both of its meanings', () => {
    expect(plain().read('value', '85%')).toEqual({ reason: 'value "85%" is 85 or 0.85; write the number without %' })
  })

  it.each([
    ['12.000', false],
    ['1,234', false],
    ['1,250,000', false],
    ['12.5', false],
    ['4,25', true],
    ['1.250.000', true],
    ['1.234,5', true],
  ])('%s alone speaks for a decimal comma: %s', (text, speaks) => {
    expect(speaksForComma(text)).toBe(speaks)
  })

  it('is never taken in silence for another one, in whichever of two ways it was written', () => {
    const written = fc.tuple(
      fc.integer({ min: 0, max: 99_999_999 }),
      fc.integer({ min: 0, max: 4 }),
      fc.boolean(),
      fc.boolean(),
    )
    fc.assert(
      fc.property(written, ([digits, decimals, isGrouped, hasComma]) => {
        const value = digits / 10 ** decimals
        const locale = new Intl.NumberFormat(hasComma ? 'de-DE' : 'en-US', {
          ...{ useGrouping: isGrouped, minimumFractionDigits: decimals, maximumFractionDigits: decimals },
        })

        const read = foreign().read('value', locale.format(value))

        if (typeof read === 'number') expect(read).toBeCloseTo(value, 9)
        else expect(read).toMatchObject({ isAmbiguous: true })
        expect(numberReader(hasComma ? ',' : '.', false, async () => false).read('value', locale.format(value))).toBe(
          value,
        )
      }),
    )
  })
})
