import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPlace, type Place, type Said } from '../service/rounds-process.ts'

let place: Place
let first: Said

beforeAll(async () => {
  place = createPlace()
  first = await place.command('demo', '--day', '2026-11-01')
}, 60_000)

afterAll(() => place.close())

describe('the demo', () => {
  it('shows a digest, a card, and what to try next on its database', () => {
    expect([first.exit, first.stderr]).toEqual([0, ''])
    expect(first.stdout).toContain(`Rounds on Node ${process.version}\n`)
    expect(first.stdout).toMatch(/Loaded 60 accounts with [\d,]+ signals of 120 days/)
    expect(first.stdout).toContain('The digest of 2026-11-01')
    expect(first.stdout).toMatch(/Newly at risk \(\d+\)/)
    expect(first.stdout).toMatch(/And \/health .+:/)
    expect(first.stdout).toContain('Try next, on the same database:')
  })

  it('leaves a database on which those commands work', async () => {
    const commands = [...first.stdout.matchAll(/^ {2}npx --no rounds (.+)$/gm)].map(([, words = '']) =>
      words.split(' '),
    )

    const said = await Promise.all(commands.map(words => place.command(...words)))

    expect(commands.length).toBeGreaterThan(3)
    expect(said.map(({ exit }) => exit)).toEqual(commands.map(() => 0))
  })

  it('does not touch a database that it was told of and that holds something', async () => {
    const again = await place.command('demo', '--db', 'sqlite:./rounds-demo.db')

    expect([again.exit, again.stdout]).toEqual([1, ''])
    expect(again.stderr).toContain('already holds accounts.\nRemove the file, or name another with --db')
  })

  it('is made again while nothing else is in its file, and never once somebody put something in', async () => {
    const again = await place.command('demo', '--day', '2026-11-01')
    await place.command('token', 'create', '--db', 'sqlite:./rounds-demo.db')
    const refused = await place.command('demo', '--day', '2026-11-01')

    expect([again.exit, again.stderr]).toEqual([0, ''])
    expect([refused.exit, refused.stdout]).toEqual([1, ''])
    expect(refused.stderr).toContain('rounds-demo.db holds more than the demo made')
    expect((await place.command('list', '--db', 'sqlite:./rounds-demo.db')).exit).toBe(0)
  }, 60_000)
})

it.each([
  ['a seed that is no number', ['--seed', 'x'], 64, '--seed "x" is not a valid number.'],
  ['a preset that is nearly one', ['--preset', 'sass'], 1, 'There is no preset "sass".\nDid you mean "saas"?'],
  ['a day that is none', ['--day', 'tomorrow'], 64, '"tomorrow"'],
])('refuses %s', async (_, words, exit, sentence) => {
  const said = await place.command('demo', '--db', `sqlite:${place.folder}/none.db`, ...words)

  expect(said.stderr).toContain(sentence)
  expect([said.exit, said.stdout]).toEqual([exit, ''])
})
