import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPlace, type Place, type Said } from '../service/rounds-process.ts'

let place: Place

beforeAll(() => {
  place = createPlace()
})

afterAll(() => place.close())

/** One after the other, in this process. */
async function all(...commands: string[]): Promise<Said[]> {
  const said: Said[] = []
  for (const words of commands) said.push(await place.rounds(...words.split(' ').filter(word => word !== '')))
  return said
}

describe('every verb', () => {
  it('has help, on stdout, and is done with that', async () => {
    const verbs = [
      'demo',
      'serve',
      'import',
      'score',
      'retire',
      'show',
      'list',
      'history',
      'transitions',
      'digest',
      'model',
    ]
    const asked = [...verbs, 'model check', 'token', 'token create']

    const said = await all(...asked.map(verb => `${verb} --help`))
    const process = await place.command('demo', '--help')

    expect(process).toMatchObject({ exit: 0, stdout: said[0]?.stdout, stderr: '' })
    for (const [at, { exit, stdout, stderr }] of said.entries()) {
      expect([asked[at], exit, stderr]).toEqual([asked[at], 0, ''])
      expect(stdout).toContain(`Usage: rounds ${asked[at]}`)
    }
  })

  it('that is a data verb takes --json and --db', async () => {
    const said = await all(
      ...['import', 'score', 'retire', 'show', 'list', 'history', 'transitions', 'digest'].map(
        verb => `${verb} --help`,
      ),
    )

    for (const { stdout } of said) expect(stdout).toMatch(/--json[\s\S]*--db <url>/)
  })

  it('that reads refuses a --db that is not there, and creates none', async () => {
    const words = ['list', 'show acme', 'history acme', 'score', 'trust', 'forget --account acme', 'audit', 'doctor']
    const missing = `${place.folder}/missing.db`

    for (const said of await all(...words.map(verb => `${verb} --db sqlite:${missing}`))) {
      expect([said.exit, said.stdout]).toEqual([1, ''])
      expect(said.stderr).toMatch(/^There is no database .*missing\.db\.\nCheck --db\./)
    }
    expect(existsSync(missing)).toBe(false)
  })
})

it('lists every verb in its help', async () => {
  const [said] = await all('--help')

  for (const verb of ['demo', 'serve', 'import', 'score', 'show', 'list', 'digest', 'token']) {
    expect(said?.stdout).toMatch(new RegExp(`^ {2}${verb}\\b`, 'm'))
  }
})

it('refuses what it does not know, names the nearest, and says where help is', async () => {
  const [typo, option, missing, nothing] = await all('scroe', 'list --bnad x', 'brief', '')

  expect(typo).toMatchObject({
    exit: 64,
    stdout: '',
    stderr: expect.stringMatching(/^"scroe" is not a valid command\.\nDid you mean score\?\n.*--help/),
  })
  expect(option).toMatchObject({
    exit: 64,
    stdout: '',
    stderr: expect.stringMatching(/^"--bnad" is not a valid option\.\nDid you mean --band\?/),
  })
  expect(missing).toMatchObject({
    exit: 64,
    stdout: '',
    stderr: expect.stringMatching(/^The argument <account> is missing\./),
  })
  expect(nothing).toMatchObject({ exit: 64, stdout: '', stderr: expect.stringContaining('Usage: rounds') })
})

it('exits with 2 when it is done but some rows were rejected', async () => {
  place.write('accounts.csv', 'id,name\nacme,Acme\n,Nobody\n')

  const said = await place.command('import', 'accounts', 'accounts.csv', '--json')

  expect(said.exit).toBe(2)
  expect(said.json).toEqual({ read: 2, added: 1, changed: 0, unchanged: 0, rejected: 1, notes: [] })
})

it('uses the database that --db names', async () => {
  const other = `sqlite:${place.folder}/other.db`

  place.write('people.csv', 'email\nann@ours.example\n')
  await place.command('import', 'people', 'people.csv', '--db', other)

  const said = await place.command('list', '--json', '--db', other)

  expect(said.json).toEqual([])
})

it('makes a token that it prints once, as one word', async () => {
  const [plain, json] = await all('token create', 'token create --name crm --expires 90d --json')

  expect(plain?.stdout).toMatch(/^\S{40,}\n$/)
  expect(plain?.stderr).toContain('not shown again')
  expect(json?.json).toMatchObject({ name: 'crm', token: expect.any(String), expires_at: expect.stringMatching(/Z$/) })
})

it('is in color where FORCE_COLOR asks for it, and never where NO_COLOR does', async () => {
  place.env.FORCE_COLOR = '1'
  expect((await place.command('trust')).stdout).toContain('\u001b[')

  place.env.NO_COLOR = '1'
  expect((await place.command('trust')).stdout).not.toContain('\u001b[')
})

it('copies no database into itself, however it is written', async () => {
  const said = await place.rounds(
    'copy',
    '--to',
    `sqlite:${place.folder}/./rounds.db`,
    '--db',
    `sqlite:${place.folder}/rounds.db`,
  )

  expect(said).toMatchObject({ exit: 64, stderr: expect.stringContaining('Both are the same database.') })
})
