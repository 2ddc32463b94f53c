import { afterEach, beforeEach, expect, it } from 'vitest'
import { presetNames } from '../../src/model/presets.ts'
import type { Channel, User } from '../support/fake-slack/index.ts'
import { askAlone, smallCompany } from '../support/small-company.ts'
import { signalsOf } from '../support/small-model.ts'
import type { World } from '../support/world.ts'

let world: World
let dana: User
let room: Channel

beforeEach(async () => {
  const accounts = ['Seventy', 'Empty'].map(name => ({ id: name.toLowerCase(), name }))
  ;({ world, dana, room } = await smallCompany({ accounts, signals: signalsOf('seventy', 20, '2026-11-01') }))
  await world.start()
})

afterEach(() => world.close())

const answerTo = async (text: string) => {
  return askAlone(world.slack, dana, text, room)
}

it.each(['seventy --presets', 'seventy', '—presets seventy', '"Seventy" --presets'])(
  'finds 70 healthy in one preset, at risk in another and moderate in a third: compare %s',
  async words => {
    const shown = await answerTo(`/health compare ${words}`)

    expect(shown).toContain(
      '70 is Healthy here; of the presets, 9 say Healthy, 1 Needs attention, 1 At risk, 1 Moderate.',
    )
    expect(shown).toMatch(/yourcx\W+Healthy \(70-100\)/)
    expect(shown).toMatch(/glossary\W+At risk \(31-70\)/)
    expect(shown).toMatch(/kpi-depot\W+Moderate \(60-79\)/)
  },
)

it('names every preset, with its source', async () => {
  const shown = await answerTo('/health compare seventy --presets')

  for (const name of presetNames()) expect(shown).toContain(name)
  expect(shown).toContain('KPI Depot, its own bands')
  expect(shown).not.toContain('A preset of Rounds')
})

it('has nothing to compare where there is no score', async () => {
  expect(await answerTo('/health compare empty')).toContain('It has no score yet')
})
