import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createPlace, type Place } from '../service/rounds-process.ts'
import { SMALL_MODEL } from '../support/small-model.ts'

let place: Place

beforeAll(() => {
  place = createPlace({ 'model.yaml': SMALL_MODEL })
})

afterAll(() => place.close())

const check = (...words: string[]) => place.command('model', 'check', ...words)

it('finds nothing wrong with the model in use', async () => {
  const said = await check('--json')

  expect(said.exit).toBe(0)
  expect(said.json).toMatchObject({ errors: [] })
})

it.each([
  ['a typo', ['form: 40', 'from: 40'], 'bands[1].form', /Did you mean "from"\?/],
  ['a gap in the bands', ['from: 5}', 'from: 0}'], 'bands', /begin at 0/],
  ['a weight of zero', ['weight: 0', 'weight: 60'], 'components[0].weight', /above 0/],
])('refuses %s, with the path, the reason and the remedy', async (_, [wrong = '', right = ''], path, remedy) => {
  place.write('bad.yaml', SMALL_MODEL.replace(right, wrong))

  const said = await check('bad.yaml', '--json')

  expect([said.exit, said.stderr]).toEqual([1, ''])
  expect(said.json).toMatchObject({
    errors: expect.arrayContaining([
      { path, problem: expect.stringMatching(/./), remedy: expect.stringMatching(remedy) },
    ]),
    warnings: expect.any(Array),
  })
})

it('says the same in words', async () => {
  place.write('bad.yaml', SMALL_MODEL.replace('weight: 60', 'weight: 0'))

  const said = await check('bad.yaml')

  expect(said.exit).toBe(1)
  expect(said.stdout).toContain('components[0].weight: A weight of 0 has no effect. Write a number above 0')
})

it('holds the routes and digests in use against the model, with file, line and the nearest name', async () => {
  place.write('routes.yaml', 'routes:\n  - {when: {component: usge, below: 40}, to: [owner]}')

  const said = await check('--json')
  place.write('routes.yaml', 'routes: [{to: [owner]}]')

  expect(said.exit).toBe(1)
  expect(said.json).toMatchObject({
    errors: [
      {
        path: 'routes.yaml, line 2, routes[0].when',
        problem: 'There is no component "usge".',
        remedy: expect.stringContaining('Did you mean "usage"?'),
      },
    ],
  })
})

it('says that a file is not there', async () => {
  const said = await check('none.yaml', '--json')

  expect([said.exit, said.stdout]).toEqual([1, ''])
  expect(said.stderr).toContain('There is no readable file none.yaml.')
})

const shared = process.env.ROUNDS_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url))
const example = join(shared, 'config-example', 'model.yaml')
if (!existsSync(example)) console.log(`Skipped: there is no ${example}; set ROUNDS_SHARED to where it is.`)

it.runIf(existsSync(example))('takes the example in which every key stands once', async () => {
  expect((await check(example, '--json')).json).toMatchObject({ errors: [] })
})
