import { afterEach, beforeEach, expect, it } from 'vitest'
import { importSignals, placeWithPortfolio } from '../service/portfolio-files.ts'
import type { Place } from '../service/rounds-process.ts'

let place: Place

beforeEach(async () => {
  place = await placeWithPortfolio()
  await place.rounds('score', '--as-of', '2026-10-02T06:00')
})

afterEach(() => place.close())

const ids = async (...words: string[]) =>
  ((await place.rounds('list', ...words, '--json')).json as { account: string }[]).map(({ account }) => account)

/** As a new file of the CRM does it. */
async function file(lifecycle: string) {
  place.write('again.csv', `id,name,lifecycle\nacme,Acme,${lifecycle}\n`)
  await place.rounds('import', 'accounts', `${place.folder}/again.csv`)
}

it('takes an account out of the list and the scoring, and keeps its history', async () => {
  const said = await place.rounds('retire', 'acme', '--reason', 'sold to Globex', '--on', '2026-10-02', '--json')

  expect(said.json).toEqual({
    account: 'acme',
    retired: true,
    since: '2026-10-02T00:00:00.000Z',
    reason: 'sold to Globex',
  })
  expect(await ids()).toEqual(['globex', 'silent'])
  expect(await ids('--retired')).toEqual(['acme', 'globex', 'silent'])
  expect((await place.rounds('score', '--as-of', '2026-10-03T06:00', '--json')).json).toMatchObject({ scored: 2 })
  expect((await place.rounds('history', 'acme', '--json')).json).toMatchObject([{ day: '2026-10-02', shown: 73 }])
  expect((await place.rounds('show', 'acme', '--as-of', '2026-10-02T06:00', '--json')).json).toMatchObject({
    shown: 73,
  })
})

it('is not lifted by a new file, but by --undo; the first score after it raises nothing', async () => {
  await place.rounds('retire', 'acme')
  await file('active')
  expect(await ids()).toEqual(['globex', 'silent'])

  expect((await place.rounds('retire', 'acme', '--undo')).stdout).toContain('Acme is a customer again.')
  await importSignals(place, 'acme active_users 1 2026-10-03', 'acme nps -100 2026-10-03')
  const { json } = await place.rounds('score', '--as-of', '2026-10-04T06:00', '--json')

  expect(json).toMatchObject({ scored: 3, transitions: [] })
  expect(await ids('--band', 'at-risk')).toEqual(['acme'])
})

it('happens by the lifecycle of a file too, in whatever case, and is lifted by the next', async () => {
  await file('" CHURNED "')
  expect(await ids()).toEqual(['globex', 'silent'])
  expect((await place.rounds('retire', 'acme', '--undo')).stdout).toContain(
    'routes.yaml says so, because lifecycle is churned.',
  )

  await file('active')

  expect(await ids()).toEqual(['globex', 'acme', 'silent'])
})

it('waits for a day that has not come', async () => {
  const said = await place.rounds('retire', 'acme', '--on', '2199-01-01')

  expect(said.stdout).toContain('Acme retires on 2199-01-01. Until then it is a customer.')
  expect(await ids()).toContain('acme')
})

it.each([
  [['retire', 'acme', '--undo', '--reason', 'x'], 64, '--undo takes neither --on nor --reason.'],
  [['retire', 'nobody'], 1, 'There is no account called "nobody".'],
  [['retire', 'acme', '--on', 'tomorrow'], 64, '"tomorrow"'],
])('refuses %j', async (words, exit, sentence) => {
  const said = await place.rounds(...words)

  expect(said.stderr).toContain(sentence)
  expect([said.exit, said.stdout]).toEqual([exit, ''])
})
