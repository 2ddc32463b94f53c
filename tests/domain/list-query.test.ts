import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type ListQuery, listWords, MOVED, parseList } from '../../src/domain/portfolio/list-query.ts'

const BANDS = ['at_risk', 'attention', 'healthy', 'unknown']

it.each([
  [
    'at-risk owner:dana segment:enterprise renewal:90 falling',
    'at_risk',
    { owner: 'dana', segment: 'enterprise', renewal: 90, change: 'falling' },
  ],
  ['Renews:30d  At Risk', 'at_risk', { renewal: 30 }],
  ['segment:"mid market" page:3', undefined, { segment: 'mid market', page: 3 }],
  ['retired', undefined, { isRetired: true }],
])('reads %j', (text, band, rest) => {
  expect(parseList(text, BANDS)).toEqual({ query: { ...(band !== undefined && { band }), ...rest }, left: '' })
})

it.each(['purple', 'renewal:soon', 'page:0', 'owner:', 'renewal:99999'])('leaves %j aside', text => {
  expect(parseList(`falling ${text}`, BANDS)).toEqual({ query: { change: 'falling' }, left: text })
})

const text = fc
  .string({ minLength: 1, maxLength: 20 })
  .filter(it => it.trim() === it && !/["“”„]/u.test(it) && it !== '')
const query: fc.Arbitrary<ListQuery> = fc.record(
  {
    band: fc.constantFrom(...BANDS),
    owner: text,
    segment: text,
    renewal: fc.nat(3_650),
    change: fc.constantFrom(...MOVED),
    isRetired: fc.constant(true),
    page: fc.integer({ min: 2, max: 99_999 }),
  },
  { requiredKeys: [] },
)

it('a list can be asked for again by its own words', () => {
  fc.assert(
    fc.property(query, asked => {
      expect(parseList(listWords(asked).replace(/^list ?/u, ''), BANDS)).toEqual({ query: asked, left: '' })
    }),
  )
})

it('reads any text, however long, without harm', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 3_000 }), any => void parseList(any, BANDS)))
})
