import { afterEach, beforeEach, expect, it } from 'vitest'
import { modelIn } from '../../src/model/settings.ts'
import { scoreAccounts } from '../../src/work/scoring/score.ts'
import type { Channel, User } from '../support/fake-slack/index.ts'
import { askAlone, smallCompany } from '../support/small-company.ts'
import { SMALL_MODEL, signalsOf } from '../support/small-model.ts'
import type { World } from '../support/world.ts'

let world: World
let dana: User
let stranger: User
let room: Channel

beforeEach(async () => {
  const users = { acme: 14, globex: 40, initech: 14 }
  const signals = Object.entries(users).flatMap(([id, active]) => signalsOf(id, active, '2026-11-01'))
  const accounts = ['acme', 'globex', 'initech', 'empty'].map(id => ({ id }))
  ;({ world, dana, victor: stranger, room } = await smallCompany({ accounts, signals }))
  await world.start()
  const { model } = modelIn('model.yaml', SMALL_MODEL)
  await scoreAccounts(world.connection, { model, at: world.now, newId: () => 'id', accounts: 'all', purpose: 'now' })
})

afterEach(() => world.close())

const answerTo = async (text: string, user = dana) => {
  return askAlone(world.slack, user, text, room)
}

const kept = () => world.connection.db.selectFrom('preferences').selectAll().execute()

it.each([
  ['words', '61 · Needs attention'],
  ['grade', '61 · Needs attention · D'],
  ['rank', '61 · Needs attention · 2nd of 3'],
])('shows the score as %s to the one who prefers that, the number always with it', async (format, badge) => {
  expect(await answerTo(`/health preferences score ${format}`)).toContain(`${format} (yours)`)

  for (const asked of ['acme', 'what-if acme', 'compare acme', 'explain acme']) {
    expect(await answerTo(`/health ${asked}`)).toContain(badge)
  }
  expect(await answerTo('/health acme', stranger)).not.toMatch(/61 · Needs attention ·/)
})

it('shows the lines of a portfolio in the same way', async () => {
  await answerTo('/health preferences score rank')

  const shown = await answerTo('/health list')

  expect(shown).toContain('100 · Healthy · 1st of 3')
  expect(shown).toContain('61 · Needs attention · 2nd of 3')
})

it('shows an account without a score as ever', async () => {
  await answerTo('/health preferences score rank')

  expect(await answerTo('/health empty')).toContain('Not enough data')
})

it('keeps it for the person by e-mail, and for somebody unknown by their user id', async () => {
  await answerTo('/health preferences score grade')
  await answerTo('/health preferences score words')
  await answerTo('/health preferences score grade', stranger)

  expect(await kept()).toEqual([
    { person: 'dana@ours.example', preference: 'score_format', value: 'words' },
    { person: `slack:${stranger.id}`, preference: 'score_format', value: 'grade' },
  ])
  expect(await answerTo('/health acme', stranger)).toContain('61 · Needs attention · D')
})

it('shows what is chosen, and what else there is', async () => {
  const shown = await answerTo('/health preferences')

  expect(shown).toContain('words (yours)')
  expect(shown).toContain('/health preferences score rank')
})

it('names the nearest for a word that it does not know, and keeps nothing', async () => {
  expect(await answerTo('/health preferences score garde')).toContain('Did you mean /health preferences score grade?')
  expect(await kept()).toEqual([])
})
