import { afterEach, beforeEach, expect, it } from 'vitest'
import { addSignals } from '../../src/store/sources/signals.ts'
import type { Channel, User } from '../support/fake-slack/index.ts'
import { askAlone, smallCompany } from '../support/small-company.ts'
import { signalsOf } from '../support/small-model.ts'
import { at, type World } from '../support/world.ts'

let world: World
let dana: User
let room: Channel

beforeEach(async () => {
  const signals = [...signalsOf('acme', 40, '2026-09-01'), 'acme active_users 20 2026-10-20']
  ;({ world, dana, room } = await smallCompany({ signals }))
  await world.start()
})

afterEach(() => world.close())

const answerTo = async (text: string) => {
  return askAlone(world.slack, dana, text, room)
}

/** NPS fell on 15 September, and we learned it a month later. */
async function npsArrivesLate() {
  const account = 1
  const late = {
    metric: 'nps',
    value: -100,
    observedAt: at('2026-09-15'),
    receivedAt: at('2026-10-15'),
    id: '',
    source: 'survey',
  }
  await addSignals(world.connection, [{ account, ...late }])
}

it('tells what we know today of a day, and what we knew then, and marks what arrived late', async () => {
  await npsArrivesLate()

  const shown = await answerTo('/health acme --as-of 2026-10-01')

  expect(shown).toMatch(/What we know today about that day\W+80 · Healthy/)
  expect(shown).toMatch(/What we knew then\W+100 · Healthy/)
  expect(shown).toContain('NPS -100 of 2026-09-15')
  expect(shown).toContain('late: received 2026-10-15 from survey')
})

it('adds up what moved since a day, component by component', async () => {
  const shown = await answerTo('/health acme since 30d')

  expect(shown).toContain('From 100 to 70: -30 points.')
  expect(shown).toContain('Active users 40 of 40 seats → Active users 20 of 40 seats')
  expect(shown).toContain('Sum: -30, 0, 0 = -30.')
})

it.each([
  ['a day in the future', '--as-of 2027-01-01', 'is in the future'],
  ['a day before the first signal', '--as-of 2020-01-01', 'Its first signal is of 2026-09-01'],
  ['a day that does not exist', '--as-of 2026-02-30', 'is not a valid day'],
  ['words that are no day', 'since lately', 'is not a valid day'],
])('has a sentence for %s', async (_, words, sentence) => {
  expect(await answerTo(`/health acme ${words}`)).toContain(sentence)
})
