import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildNameIndex } from '../../src/domain/name-index.ts'
import { isOneSlip } from '../../src/domain/similarity.ts'

const NAMES = [
  'acme',
  'acme labs',
  'globex',
  'initech',
  'the globe theatre',
  'umbrella',
  'wayne enterprises',
  '株式会社山田',
]

const names = fc
  .string({ unit: fc.constantFrom(...'abcdefgé 株🚀'), minLength: 1, maxLength: 20 })
  .map(text => text.replace(/ +/g, ' ').trim())
  .filter(text => text !== '')

const found = (text: string, all: readonly string[] = NAMES) =>
  buildNameIndex(all.map(folded => ({ folded })))(text, 10).map(({ item }) => item.folded)

describe('the index of names', () => {
  it.each([
    ['a part', 'theat', 'the globe theatre'],
    ['a part of one letter', 'x', 'globex'],
    ['a part of two letters', 'te', 'initech'],
    ['a wrong letter', 'umbrelka', 'umbrella'],
    ['a missing letter', 'intech', 'initech'],
    ['a letter too many', 'gloobex', 'globex'],
    ['swapped letters', 'wayne enterpirses', 'wayne enterprises'],
    ['a part without spaces around it', '山田', '株式会社山田'],
  ])('finds %s first', (_, text, expected) => {
    expect(found(text)[0]).toBe(expected)
  })

  it('finds nothing for what resembles nothing', () => {
    expect(found('zzzzzz')).toEqual([])
    expect(found('%')).toEqual([])
    expect(buildNameIndex([])('acme', 10)).toEqual([])
  })

  it('finds every name by itself, and by any part of three letters or fewer', () => {
    fc.assert(
      fc.property(fc.array(names, { minLength: 1, maxLength: 20 }), fc.nat(), fc.nat(), (all, which, from) => {
        const name = all[which % all.length] ?? ''
        const part = name.slice(from % name.length, (from % name.length) + 3)
        const index = buildNameIndex(all.map(folded => ({ folded })))

        expect(index(name, all.length).map(({ item }) => item.folded)).toContain(name)
        expect(index(part, all.length).map(({ item }) => item.folded)).toContain(name)
      }),
    )
  })

  it('puts names that hold the text before all that only resemble it', () => {
    fc.assert(
      fc.property(fc.array(names, { minLength: 1, maxLength: 20 }), names, (all, text) => {
        const hold = buildNameIndex(all.map(folded => ({ folded })))(text, all.length).map(({ item }) =>
          item.folded.includes(text),
        )

        expect(hold).toEqual([...hold].sort((a, b) => Number(b) - Number(a)))
      }),
    )
  })
})

it.each([
  ['acme', 'acne', true],
  ['acme', 'acm', true],
  ['acme', 'acmee', true],
  ['acme', 'acem', true],
  ['acme', 'came', true],
  ['acme', 'acme', true],
  ['acme', 'cmea', false],
  ['acme', 'aemc', false],
  ['acme', 'ac', false],
  ['ab', 'ba', false],
])('of %s and %s: one slip of the finger is %s', (a, b, expected) => {
  expect([isOneSlip(a, b), isOneSlip(b, a)]).toEqual([expected, expected])
})
