import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importSignals, placeWithPortfolio } from '../service/portfolio-files.ts'
import type { Place } from '../service/rounds-process.ts'

let place: Place

beforeAll(async () => {
  place = await placeWithPortfolio()
  await importSignals(place, 'acme active_users 16 2026-10-05')
})

afterAll(() => place.close())

const show = (...words: string[]) => place.rounds('show', ...words)

it('explains an account in the form that programs rely on', async () => {
  const { json, stderr } = await show('acme', '--as-of', '2026-11-01', '--json')

  expect(stderr).toBe('')
  expect(json).toEqual({
    account: { id: 'acme', name: 'Acme' },
    as_of: '2026-11-01T00:00:00.000Z',
    model: { name: 'small', version: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
    segment: null,
    score: 64,
    uncapped: 64,
    shown: 64,
    band: 'attention',
    chance: null,
    chance_reason: 'it is worked out at each scoring, and none has run yet',
    role: 'attention',
    verdict: 'attention',
    coverage: 1,
    components: [
      {
        id: 'usage',
        weight: 60,
        share: 0.6,
        score: 40,
        coverage: 1,
        points: 24,
        lost: 36,
        measures: [
          {
            id: 'active_users',
            state: 'present',
            reading: 0.4,
            score: 40,
            signals: 2,
            newest: '2026-10-05T00:00:00.000Z',
          },
        ],
      },
      expect.objectContaining({ id: 'voice', points: 20, lost: 0 }),
      expect.objectContaining({ id: 'relationship', points: 20, lost: 0 }),
    ],
    caps: [],
    trend: { '7d': 0, '30d': expect.closeTo(-9, 9), '90d': null, direction: 'falling' },
    changes: {
      '30d': [
        { id: 'usage', points: expect.closeTo(-9, 9) },
        { id: 'voice', points: 0 },
        { id: 'relationship', points: 0 },
        { id: 'cap', points: 0 },
      ],
    },
    expansion_ready: false,
  })
})

it('says of an account of which nothing is known that nothing is', async () => {
  expect((await show('silent', '--as-of', '2026-11-01', '--json')).json).toMatchObject({
    ...{ score: null, uncapped: null, shown: null, band: null, role: null, verdict: 'unknown', coverage: 0 },
    components: [
      { score: null, share: 0, points: 0, lost: 0, measures: [{ state: 'never', reading: null, newest: null }] },
      { score: null },
      { score: null },
    ],
    trend: { '7d': null, '30d': null, '90d': null, direction: null },
    changes: { '30d': null },
  })
})

it('gives every account as one array', async () => {
  const { json, stdout } = await show('--all', '--as-of', '2026-11-01', '--json')

  expect(json).toMatchObject([
    { account: { id: 'acme' } },
    { account: { id: 'globex' } },
    { account: { id: 'silent' } },
  ])
  expect(stdout.trim().split('\n')).toHaveLength(1)
})

it('draws a card without --json', async () => {
  const { stdout, exit } = await show('acme', '--as-of', '2026-11-01')

  expect(exit).toBe(0)
  expect(stdout).toContain('64')
  expect(stdout).toContain('Usage')
})

describe('is refused', () => {
  it.each([
    [
      'an account that is not there, with the nearest',
      ['Globalistics'],
      1,
      /no account called "Globalistics"\.\nNearest: Globex/,
    ],
    [
      'no time, with a form of one',
      ['acme', '--as-of', 'yesterday'],
      64,
      /"yesterday" is not a valid time\.\nWrite it as 2026-/,
    ],
    ['a day that never was', ['acme', '--as-of', '2026-02-30'], 64, /"2026-02-30" is not a valid time/],
    ['nobody', [], 64, /Name an account, or write --all/],
    ['somebody and all', ['acme', '--all'], 64, /Name an account, or write --all/],
  ])('for %s', async (_, words, exit, sentence) => {
    const said = await show(...words, '--json')

    expect([said.exit, said.stdout]).toEqual([exit, ''])
    expect(said.stderr).toMatch(sentence)
  })

  it('for a name that several have', async () => {
    place.write('labs.csv', 'id,name\nlabs-1,Labs One\nlabs-2,Labs Two\n')
    await place.rounds('import', 'accounts', `${place.folder}/labs.csv`)

    const said = await show('labs', '--json')

    expect([said.exit, said.stdout]).toEqual([1, ''])
    expect(said.stderr).toContain('"labs" could be Labs One (labs-1), Labs Two (labs-2).\nWrite the id.')
  })
})
