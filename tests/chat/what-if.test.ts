import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Channel, User } from '../support/fake-slack/index.ts'
import { SMALL_MODEL, signalsOf } from '../support/small-model.ts'
import { createWorld, type World } from '../support/world.ts'

const CAPPED = `${SMALL_MODEL}
caps: [{when: {attribute: sponsor, is: left}, at_most: 50, because: The sponsor left}]
`

let world: World
let dana: User
let room: Channel

beforeEach(async () => {
  world = await createWorld({ now: '2026-11-02T08:00', files: { 'model.yaml': CAPPED } })
  dana = world.slack.addUser('Dana')
  room = world.slack.addChannel('cs')
  await world.has({
    accounts: [
      { id: 'acme', name: 'Acme' },
      { id: 'acme-labs', name: 'Acme Labs' },
      { id: 'globex', name: 'Globex' },
      { id: 'initech', name: 'Initech', sponsor: 'left' },
      { id: 'hooli', name: 'Hooli' },
    ],
    signals: [
      ...signalsOf('acme', 14, '2026-11-01'),
      ...signalsOf('globex', 40, '2026-11-01'),
      ...signalsOf('initech', 40, '2026-11-01'),
      'hooli seats 40 2026-11-01',
      'hooli active_users 15 2026-11-01',
      'hooli nps -90 2026-11-01',
    ],
  })
  await world.start()
})

afterEach(() => world.close())

const cardFor = async (text: string) => {
  const before = world.slack.ephemerals(dana).length
  await world.slack.command(dana, text, room)
  return world.slack.until(() => world.slack.ephemerals(dana).at(before))
}

it('names the change that would do it alone, and what the score would be', async () => {
  const { shown } = await cardFor('/health what-if acme')

  expect(shown).toContain('The score is 61, Needs attention. Healthy begins at 70: 9 points more.')
  expect(shown).toContain('Active users from 14 to 20 of 40 seats')
  expect(shown).toContain('makes 70')
  expect(shown).toContain('People see Healthy once the score has been 75 or more for 2 daily scorings in a row.')
})

it('proposes a first reading in a line of its own', async () => {
  const { shown } = await cardFor('/health what-if hooli')

  expect(shown).toContain('A first reading alone would do it')
  expect(shown).toContain('A first Pulse of 5')
})

it('says that the best band is reached already', async () => {
  expect((await cardFor('/health what-if globex')).shown).toContain('is already in the best band: Healthy')
})

it('says which cap no change of a measure lifts', async () => {
  const { shown } = await cardFor('/health what-if initech')

  expect(shown).toContain('No change to the measures you can move makes it Healthy: 50 is the most.')
  expect(shown).toContain('The sponsor left: the score is at most 50')
})

it('says what is missing where there is no score, and goes on with a chosen account', async () => {
  const choice = await cardFor('/health what-if acm')
  const before = world.slack.ephemerals(dana).length
  await world.slack.press(dana, choice, { action: 'what-if', value: 'acme-labs' })

  const { shown } = await world.slack.until(() => world.slack.ephemerals(dana).at(before))
  expect(shown).toContain('It has no score yet')
  expect(shown).toContain('NPS: no data yet')
})
