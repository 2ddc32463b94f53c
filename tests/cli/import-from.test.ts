import { afterEach, beforeEach, expect, it } from 'vitest'
import { placeWithPortfolio } from '../service/portfolio-files.ts'
import type { Place } from '../service/rounds-process.ts'
import { SMALL_MODEL } from '../support/small-model.ts'

let place: Place

/** With 1,000 seats and more an account is large, and has stricter bands. */
const SEGMENTS = 'segments: [{id: large, when: {attribute: seats_sold, at_least: 1000}, bands: {healthy: 90}}]\n'

beforeEach(async () => {
  place = await placeWithPortfolio()
  place.write('model.yaml', SMALL_MODEL + SEGMENTS)
})

afterEach(() => place.close())

async function load(cell: string, ...options: string[]) {
  const path = place.write('sold.csv', `id,name,seats_sold\nacme,Acme,${cell}\n`)
  return place.rounds('import', 'accounts', path, ...options, '--json')
}

async function segment(...options: string[]) {
  return ((await place.rounds('show', 'acme', '--json', ...options)).json as { segment: string | null }).segment
}

it('a file of accounts can say what held from an earlier day; later values stay', async () => {
  await load('10', '--from', '2026-03-01')
  expect((await load('5000', '--from', '2026-06-01')).json).toMatchObject({ changed: 1 })
  expect((await load('5000', '--from', '2026-06-01')).json).toMatchObject({ unchanged: 1 })
  await load('20', '--from', '2026-09-01')
  await load('7000', '--from', '2026-05-01')

  const days = ['2026-02-01', '2026-04-01', '2026-05-15', '2026-07-01', '2026-10-01']
  const seen = await Promise.all(days.map(day => segment('--as-of', day)))

  expect(seen).toEqual([null, null, 'large', 'large', null])
})

it('what was recorded later is not known earlier, whatever the day is', async () => {
  await load('5000', '--from', '2026-06-01')

  expect(await segment('--as-of', '2026-01-01')).toBe('large')
  expect(await segment('--as-of', '2026-01-01', '--known-at', '2026-05-31')).toBeNull()
  expect(await segment('--as-of', '2026-10-01', '--known-at', '2026-05-31')).toBeNull()
  expect(await segment('--as-of', '2026-01-01', '--known-at', '2026-06-01')).toBe('large')
})

it.each([
  ['signals', '2026-06-01', '--from does not work with signals.'],
  ['accounts', '2199-06-01', '--from 2199-06-01 is in the future.'],
  ['accounts', 'June', '"June"'],
])('refuses it for %s from %s', async (kind, day, sentence) => {
  const said = await place.rounds('import', kind, `${place.folder}/accounts.csv`, '--from', day)

  expect([said.exit, said.stdout]).toEqual([64, ''])
  expect(said.stderr).toContain(sentence)
})
