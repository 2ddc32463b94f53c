import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { placeWithPortfolio } from '../service/portfolio-files.ts'
import type { Place } from '../service/rounds-process.ts'

let place: Place

beforeAll(async () => {
  place = await placeWithPortfolio()
  await place.rounds('score', '--as-of', '2026-10-02T06:00')
})

afterAll(() => place.close())

const list = (...words: string[]) => place.rounds('list', ...words, '--json')
const ids = async (...words: string[]) =>
  ((await list(...words)).json as { account: string }[]).map(line => line.account)

it('gives the portfolio in the form that programs rely on', async () => {
  const { json, stdout, stderr } = await list()

  expect(json).toEqual([
    {
      account: 'acme',
      shown: 73,
      verdict: 'healthy',
      change_30d: null,
      arr: 240000,
      owner: 'dana@ours.example',
      renewal_on: '2026-12-02',
    },
    { account: 'globex', shown: 100, verdict: 'healthy', change_30d: null, arr: null, owner: null, renewal_on: null },
    { account: 'silent', shown: null, verdict: 'unknown', change_30d: null, arr: null, owner: null, renewal_on: null },
  ])
  expect([stdout.trim().split('\n').length, stderr]).toEqual([1, ''])
})

it.each([
  ['a verdict', ['--band', 'healthy'], ['acme', 'globex']],
  ['a verdict with a dash', ['--band', 'at-risk'], []],
  ['a verdict with an underscore', ['--band', 'at_risk'], []],
  ['the unknown', ['--band', 'unknown'], ['silent']],
  ['a segment', ['--segment', 'mid'], ['globex']],
  ['an owner in other letters', ['--owner', 'DANA@ours.example'], ['acme']],
])('filters by %s', async (_, words, expected) => {
  expect(await ids(...words)).toEqual(expected)
})

it('names a segment that no account is in, and what may have been meant', async () => {
  const of = async (...words: string[]) => (await place.rounds('list', ...words)).stdout.replace(/\s+/g, ' ')

  expect(await of('--segment', 'midd')).toContain('No account is in the segment "midd". Did you mean mid?')
  expect(await of('--segment', 'x'.repeat(99))).not.toContain('Did you mean')
  expect(await of('--segment', 'mid', '--band', 'at-risk')).toContain('No accounts match.')
})

it('has a history of each account in the form that programs rely on', async () => {
  const { json } = await place.rounds('history', 'acme', '--json')

  expect(json).toEqual([
    {
      day: '2026-10-02',
      score: 73,
      shown: 73,
      band: 'healthy',
      verdict: 'healthy',
      coverage: 1,
      model: expect.stringMatching(/^sha256:/),
    },
  ])
})

describe('is refused', () => {
  it.each([
    [
      'a band that is not there',
      ['--band', 'great'],
      /"great" is not a valid band\.\nWrite one of at_risk, attention, healthy, unknown/,
    ],
    ['an order that is none', ['--sort', 'size'], /"size" is not a valid order\.\nWrite score or change/],
  ])('for %s', async (_, words, sentence) => {
    const said = await list(...words)

    expect([said.exit, said.stdout]).toEqual([64, ''])
    expect(said.stderr).toMatch(sentence)
  })
})
