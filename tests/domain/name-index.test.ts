import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  buildNameIndex,
  indexPart,
  MATCHES,
  type Named,
  type NameMatch,
  searchParts,
} from '../../src/domain/accounts/name-index.ts'
import { isOneSlip } from '../../src/domain/accounts/similarity.ts'
import { buildNameIndex as buildReference } from '../support/name-index-reference.ts'

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

  it.each([
    ['ame', ['acme', 'acme labs', 'rookhollow games']],
    ['glob', ['globex', 'the globe theatre', 'conglobate']],
    ['labs acme', ['acme labs']],
    ['globxe', ['globex', 'the globe theatre']],
  ])('for %s puts beginnings before typos, and typos before the inside of words', (text, expected) => {
    const all = ['conglobate', 'the globe theatre', 'rookhollow games', 'globex', 'acme', 'acme labs']

    expect(found(text, all).slice(0, expected.length)).toEqual(expected)
  })

  it('says how a name answers to what was typed', () => {
    const search = buildNameIndex(['muller gmbh', 't mobile', 'rookhollow games'].map(folded => ({ folded })))
    const kindOf = (text: string) => search(text, 1)[0]?.kind

    expect(kindOf('muller gmbh')).toBe('whole')
    expect(kindOf('tmobile')).toBe('whole')
    expect(kindOf('muller')).toBe('core')
    expect(kindOf('mul')).toBe('start')
    expect(kindOf('games')).toBe('words')
    expect(kindOf('mulelr')).toBe('slip')
    expect(kindOf('ame')).toBe('inside')
  })

  it('takes words beyond the name for no typo', () => {
    const search = buildNameIndex([{ folded: 'acme' }])

    expect(search('acme now', 1)[0]?.kind).toBe('like')
  })

  it('finds what comparing every name would find, in that order', () => {
    const sure = (matches: readonly NameMatch<Named>[]) =>
      matches.filter(({ kind }) => kind !== 'inside' && kind !== 'like')
    fc.assert(
      fc.property(fc.array(names, { minLength: 1, maxLength: 30 }), names, (all, text) => {
        const items = all.map(folded => ({ folded }))
        const half = Math.floor(all.length / 2)
        const [found, parts] = [
          buildNameIndex(items)(text, all.length),
          searchParts([indexPart(items.slice(0, half)), indexPart(items.slice(half))])(text, all.length),
        ]
        const expected = buildReference(items)(text, all.length)

        expect(sure(found)).toEqual(sure(expected))
        expect(sure(parts)).toEqual(sure(expected))
        for (const match of found) expect(expected).toContainEqual(match)
      }),
    )
  })

  it('puts the kinds in order', () => {
    fc.assert(
      fc.property(fc.array(names, { minLength: 1, maxLength: 20 }), names, (all, text) => {
        const kinds = buildNameIndex(all.map(folded => ({ folded })))(text, all.length).map(({ kind }) =>
          MATCHES.indexOf(kind),
        )

        expect(kinds).toEqual([...kinds].sort((a, b) => a - b))
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
