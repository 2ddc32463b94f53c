import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Channel, User } from '../support/fake-slack/index.ts'
import { SMALL_MODEL, signalsOf } from '../support/small-model.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
let dana: User
let room: Channel

beforeEach(async () => {
  world = await createWorld({ now: '2026-11-02T08:00', files: { 'model.yaml': SMALL_MODEL } })
  dana = world.slack.addUser('Dana', 'dana@ours.example')
  room = world.slack.addChannel('cs')
  await world.has({
    people: [{ email: 'dana@ours.example', name: 'Dana', role: 'csm' }],
    accounts: [
      { id: 'acme', name: 'Acme', owner: 'dana@ours.example', renewal_on: '2026-12-02' },
      { id: 'mueller', name: 'Müller & Söhne GmbH', owner: 'dana@ours.example' },
      { id: 'week', name: 'Week', owner: 'else@ours.example' },
      { id: 'risk', name: 'who is falling', owner: 'else@ours.example' },
    ],
    signals: [
      ...signalsOf('acme', 30, '2026-09-20'),
      ...signalsOf('acme', 14, '2026-11-01'),
      ...signalsOf('mueller', 0, '2026-11-01'),
    ],
  })
  await world.start()
  await world.tick()
})

afterEach(() => world.close())

const answerTo = async (text: string) => {
  const before = world.slack.ephemerals(dana).length
  await world.slack.command(dana, text, room)
  return world.slack.until(() => world.slack.ephemerals(dana).at(before))
}

it.each([
  ['how is acme doing?', 'I read this as: Acme', '61 · Needs attention'],
  ['tell me about ACME please', 'I read this as: Acme', '61 · Needs attention'],
  ['what happened to acme last week', 'I read this as: Acme since 7d', 'Acme since 2026-10-26'],
  ['why did mueller and soehne fall?', 'I read this as: Müller & Söhne GmbH since 30d', 'since 2026-10-03'],
  ['explain the score of acme', 'I read this as: explain Acme', 'Sum: 21 + 20 + 20 = 61'],
  ['prepare my QBR with acme', 'I read this as: brief Acme qbr', 'Business review: Acme'],
  ['prepare the handover of acme', 'I read this as: brief Acme handover', 'Handover: Acme'],
  ['who needs attention?', 'I read this as: list attention', 'Acme'],
  ['renewals this quarter', 'I read this as: list renewal:59', '2026-12-02'],
  ['my accounts', 'I read this as: mine', 'Your accounts'],
])('understands %j', async (text, reading, said) => {
  const { shown } = await answerTo(`/health ${text}`)

  expect(shown).toContain(reading)
  expect(shown).toContain(said)
})

it('takes an account that is called like a sentence for that account', async () => {
  const { shown } = await answerTo('/health who is falling')

  expect(shown).not.toContain('I read this')
  expect(shown).toContain('Not enough data')
})

it('asks which one is meant where two are named', async () => {
  expect((await answerTo('/health is acme better than Müller & Söhne?')).shown).toContain('Which account do you mean')
})

it("gives examples from one's own accounts for anything else", async () => {
  const { shown } = await answerTo('/health the weather in Utrecht')

  expect(shown).toMatch(/For example: how is (Acme|Müller & Söhne GmbH) doing\?/)
})

it('answers a text of 3,000 characters and hostile markup, and pages nobody', async () => {
  for (const text of ['a acme '.repeat(430), '<!channel> '.repeat(270), '(((('.repeat(750), 'who is '.repeat(400)]) {
    expect((await answerTo(`/health ${text}`)).shown).not.toContain('Something broke')
  }
  expect(world.slack.paged).toEqual([])
  expect(world.slack.refusals).toEqual([])
})

it('shows the alerts of one account', async () => {
  expect((await answerTo('/health alerts acme')).shown).toContain('Acme has no open alerts.')
})

it('is understood in a mention and in a direct message too', async () => {
  await world.slack.mention(dana, room, 'how is acme doing?')
  const inThread = await world.slack.until(() => world.slack.messages(room).at(0))
  await world.slack.dm(dana, 'what are my tasks?')
  const inDm = await world.slack.until(() => world.slack.dms(dana).at(0))

  expect(inThread.shown).toContain('I read this as: Acme')
  expect(inDm.shown).toContain('I read this as: tasks')
})
