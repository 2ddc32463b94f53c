import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Channel } from '../support/fake-slack/index.ts'
import { SMALL_MODEL, signalsOf } from '../support/small-model.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
let room: Channel

beforeEach(async () => {
  const files = {
    'model.yaml': SMALL_MODEL,
    'routes.yaml': 'admins: [boss@ours.example]',
    'stricter.yaml': SMALL_MODEL.replace('from: 70}', 'from: 90}'),
    'same.yaml': `${SMALL_MODEL}\n# only a comment`,
    'wrong.yaml': SMALL_MODEL.replace('weight: 60', 'weight: 0'),
  }
  world = await createWorld({ now: '2026-11-02T08:00', files })
  room = world.slack.addChannel('cs')
  await world.has({
    people: [{ email: 'dana@ours.example', name: 'Dana', role: 'csm' }],
    accounts: [{ id: 'acme', name: 'Acme' }],
    signals: signalsOf('acme', 30, '2026-11-01'),
  })
  await world.start()
})

afterEach(() => world.close())

const answer = async (name: string, words: string) => {
  const user = world.slack.addUser(name)
  await world.slack.command(user, `/health model plan ${words}`, room)
  return (await world.slack.until(() => world.slack.ephemerals(user).at(0))).shown
}

it('tells an admin which accounts would change, and by which component', async () => {
  const shown = await answer('Boss', 'stricter.yaml')

  expect(shown).toContain('1 account of 1 would change')
  expect(shown).toMatch(/Acme\W+85 · Healthy → 85 · Needs attention/)
})

it('says that no account changes when so', async () => {
  expect(await answer('Boss', 'same.yaml')).toContain('no account changes')
})

it.each([
  ['a model that is not valid', 'wrong.yaml', 'components[0].weight'],
  ['a name that is no model', 'nothing.yaml', 'There is no model "nothing.yaml"'],
  ['a path to somewhere else', '../../etc/passwd.yaml', 'There is no model'],
])('refuses %s in words, and the model in use stays', async (_, words, sentence) => {
  expect(await answer('Boss', words)).toContain(sentence)
  expect(await answer('Eve', '')).toContain('you need the role admin')
})

it('plans with a preset too', async () => {
  expect(await answer('Boss', 'glossary')).toContain('Plan: glossary instead of small')
})
