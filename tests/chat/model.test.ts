import { afterEach, beforeEach, expect, it } from 'vitest'
import { modelIn } from '../../src/model/settings.ts'
import { scoreAccounts } from '../../src/work/scoring/score.ts'
import type { Channel, User } from '../support/fake-slack/index.ts'
import { askAlone } from '../support/small-company.ts'
import { SMALL_MODEL, signalsOf } from '../support/small-model.ts'
import { createWorld, type World } from '../support/world.ts'

const MODEL = SMALL_MODEL.replace(
  'name: small',
  'name: small\nhealthy_means: They use what they bought.\ntarget: {portfolio: 80}\nbenchmarks: [{label: SaaS, value: 75, source: KPI Depot}]',
)
  .replace('weight: 60', 'weight: 60\n    kind: behavioural\n    tags: [leading]')
  .replace('weight: 20\n', 'weight: 20\n    kind: declared\n    tags: [lagging]\n')

let world: World
let dana: User
let room: Channel

beforeEach(async () => {
  world = await createWorld({ now: '2026-11-02T08:00', files: { 'model.yaml': MODEL } })
  dana = world.slack.addUser('Dana')
  room = world.slack.addChannel('cs')
  await world.has({
    accounts: [
      { id: 'acme', name: 'Acme' },
      { id: 'empty', name: 'Empty' },
    ],
    signals: signalsOf('acme', 14, '2026-11-01'),
  })
  await world.start()
  const { model } = modelIn('model.yaml', MODEL)
  await scoreAccounts(world.connection, { model, at: world.now, newId: () => 'id', accounts: 'all', purpose: 'now' })
})

afterEach(() => world.close())

const answerTo = async (text: string) => {
  return askAlone(world.slack, dana, text, room)
}

it('explains the score in one sentence', async () => {
  expect(await answerTo('/health model')).toContain(
    'From 0 to 100, the weighted mean of 3 components (heaviest: Usage, 60%), says how far this is true: They use what they bought.',
  )
})

it('shows what counts how much, and how much of the portfolio is known', async () => {
  const shown = await answerTo('/health model')

  expect(shown).toMatch(/60%\W+Usage/)
  expect(shown).toContain('60% leading, 20% lagging')
  expect(shown).toContain('20% is what customers say')
  expect(shown).toContain('60% is what they do')
  expect(shown).toContain('50% of the weight is known; 2 of 2 accounts scored, 1 without enough data')
  expect(shown).toContain('Needs attention: 40-69')
})

it('shows the target and the averages of others as theirs', async () => {
  const shown = await answerTo('/health model')

  expect(shown).toMatch(/Target for the mean\W+80/)
  expect(shown).toContain('SaaS: 75')
  expect(shown).toContain('KPI Depot')
})

it('answers, and names the words that it does not know', async () => {
  expect(await answerTo('/health model wibble')).toContain('I did not understand')
})
