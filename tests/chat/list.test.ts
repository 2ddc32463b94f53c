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
  const many = Array.from({ length: 60 }, (_, n) => ({ id: `n${String(n).padStart(2, '0')}`, name: `Number ${n}` }))
  await world.has({
    people: [
      { email: 'dana@ours.example', name: 'Dana Reyes', role: 'csm' },
      { email: 'ben@ours.example', name: 'Ben Marlow', role: 'csm' },
    ],
    accounts: [
      {
        id: 'acme',
        name: 'Acme',
        owner: 'dana@ours.example',
        segment: 'Enterprise',
        arr: '240000',
        currency: 'EUR',
        renewal_on: '2026-12-02',
      },
      { id: 'globex', name: 'Globex', owner: 'ben@ours.example', segment: 'startup', renewal_on: '2027-06-01' },
      { id: 'evil', name: '=HYPERLINK() <!channel> | x', owner: 'ben@ours.example', segment: 'enterprise' },
      ...many,
    ],
    signals: [
      ...signalsOf('acme', 14, '2026-11-01'),
      ...signalsOf('globex', 0, '2026-11-01'),
      ...signalsOf('evil', 40, '2026-11-01'),
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
  ['list owner:dana', ['Acme', '€240K'], ['Globex']],
  ['list owner:me', ['Acme'], ['Globex']],
  ['list segment:enterprise', ['Acme', '| x'], ['Globex']],
  ['list segment:ENTERPRISE owner:"Ben Marlow"', ['| x'], ['Acme', 'Globex']],
  ['list renewal:90', ['Acme', '2026-12-02, in 30 days'], ['Globex']],
  ['list attention renewal:60', ['Acme'], ['Globex']],
  ['list rising', ['No accounts match.'], ['Acme']],
])('narrows the list: %s', async (words, there, notThere) => {
  const { shown } = await answerTo(`/health ${words}`)

  for (const text of there) expect(shown).toContain(text)
  for (const text of notThere) expect(shown).not.toContain(text)
  expect(world.slack.paged).toEqual([])
  expect(world.slack.refusals).toEqual([])
})

it('says whose name is not one of ours, and which word it did not understand', async () => {
  expect((await answerTo('/health list owner:nobody')).shown).toContain('"nobody" is not the name of one person')
  expect((await answerTo('/health list at-risk purple')).shown).toContain('I did not understand "purple".')
  const none = 'No account is in the segment "enterprize". Did you mean Enterprise?'
  expect((await answerTo('/health list segment:enterprize')).shown).toContain(none)
})

it('turns its pages in place, and is narrowed by choices', async () => {
  const first = await answerTo('/health list')
  expect(first.shown).toContain('1 to 50 of 63 accounts')

  await world.slack.press(dana, first, 'Next')
  const second = await world.slack.until(() =>
    world.slack.ephemerals(dana).find(({ shown }) => shown.includes('51 to 63')),
  )
  expect(second.shown).toContain('Back')

  await world.slack.press(dana, second, 'Filter')
  const form = await world.slack.until(() => world.slack.modal(dana))
  await world.slack.submit(dana, form, { band: 'attention', renewal: '90' })
  const narrowed = await world.slack.until(() =>
    world.slack.ephemerals(dana).find(({ shown }) => shown.includes('Needs attention · renewal within 90 days')),
  )
  expect(narrowed.shown).toContain('Acme')
})

it('sends the whole list as a CSV file that no spreadsheet runs, to the one who asks', async () => {
  const list = await answerTo('/health list segment:enterprise')
  await world.slack.press(dana, list, 'Export CSV')

  const file = await world.slack.until(() => world.slack.sentFiles(dana).at(0))
  expect(file.name).toBe('accounts-2026-11-02.csv')
  const [head, ...rows] = file.text.trim().split(/\r?\n/)
  expect(head).toBe('id,name,score,band,change_30d,why,segment,owner,arr,currency,renewal_on')
  expect(rows).toHaveLength(2)
  expect(file.text).toContain('acme,Acme,61,attention')
  expect(file.text).toContain("'=HYPERLINK")
  await world.slack.until(() =>
    world.slack.ephemerals(dana).find(({ shown }) => shown.includes('2 accounts as a CSV file')),
  )
})

it('asks which account a command is for, with those of the caller and a field to type in', async () => {
  const asked = await answerTo('/health explain')
  expect(asked.shown).toContain('Which account?')
  expect(asked.shown).not.toContain('Globex')

  await world.slack.press(dana, asked, 'Choose')
  const explained = await world.slack.until(() =>
    world.slack.ephemerals(dana).find(({ shown }) => shown.includes('Sum: ')),
  )
  expect(explained.shown).toContain('Acme')
})
