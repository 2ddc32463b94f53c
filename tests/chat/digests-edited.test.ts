import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Channel, User } from '../support/fake-slack/index.ts'
import { askAlone } from '../support/small-company.ts'
import { SMALL_MODEL } from '../support/small-model.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
let room: Channel
let boss: User

const FILTER = '{all: [{attribute: segment, is_not: smb}, {score: true, at_most: 60}, {band: at_risk, held_for: 2d}]}'
const DIGESTS = (channel: string) => `
digests:
  - name: full
    schedule: "30 7 * * 1"
    time_zone: Europe/Berlin
    to: "slack:${channel}"
    filter: ${FILTER}
    say_nothing: silence
    show: {arr: true}
    kind: portfolio
  - {name: by-segment, schedule: "0 9 * * *", to: "slack:${channel}", filter: {attribute: segment, is: mid}}
`

beforeEach(async () => {
  const routes = 'admins: [boss@ours.example]'
  world = await createWorld({ now: '2026-11-02T08:00', files: { 'model.yaml': SMALL_MODEL, 'routes.yaml': routes } })
  room = world.slack.addChannel('cs')
  world.writeSettings({ 'digests.yaml': DIGESTS(room.id) })
  boss = world.slack.addUser('Boss', 'boss@ours.example')
  await world.start()
})

afterEach(() => world.close())

async function edited(name: string, values: Record<string, string | readonly string[]>) {
  await world.slack.command(boss, `/health digest edit ${name}`, room)
  const form = await world.slack.until(() => {
    const modal = world.slack.modal(boss)
    return modal?.view.callback_id === 'digest' && modal
  })
  await world.slack.submit(boss, form, values)
  return form
}

async function kept(name: string) {
  const found = await world.connection.db
    .selectFrom('managed_digests')
    .selectAll()
    .where('name', '=', name)
    .executeTakeFirst()
  return found?.definition && JSON.parse(found.definition)
}

const audit = () => world.connection.db.selectFrom('audit').select(['act', 'was', 'is_now']).execute()

const answer = async (words: string) => {
  return askAlone(world.slack, boss, words, room)
}

const FULL = () => ({
  name: 'full',
  schedule: '30 7 * * 1',
  time_zone: 'Europe/Berlin',
  to: `slack:${room.id}`,
  filter: {
    all: [
      { attribute: 'segment', is_not: 'smb' },
      { score: true, at_most: 60 },
      { band: 'at_risk', held_for: '2d' },
    ],
  },
  say_nothing: 'silence',
  show: { arr: true },
  kind: 'portfolio',
})

it('an edit changes what was changed, and every other key survives', async () => {
  const form = await edited('full', { time: '08:30' })

  expect(form.shown).toContain('Saved')
  expect(await kept('full')).toEqual({ ...FULL(), schedule: '30 8 * * 1' })
  expect(await audit()).toEqual([{ act: 'digest.edit', was: expect.any(String), is_now: expect.any(String) }])
  expect(JSON.parse(String((await audit())[0]?.was))).toEqual(FULL())
})

it('a filter that the form cannot write is shown in it, and stays', async () => {
  await world.slack.command(boss, '/health digest edit full', room)

  const form = await world.slack.until(() => world.slack.modal(boss))
  expect(form.shown).toContain('Its filter stays as it is')
  expect(form.shown).toContain('"is_not":"smb"')
  expect(form.shown).not.toContain('Only these segments')
})

it.each([
  ['kept', {}, { attribute: 'segment', one_of: ['mid'] }],
  ['taken away', { segments: [] }, undefined],
])('a filter by segments can be %s', async (_, values, filter) => {
  await edited('by-segment', { time: '08:00', ...values })

  expect((await kept('by-segment')).filter).toEqual(filter)
})

it('a form that arrives twice, or changes nothing, writes nothing the second time', async () => {
  await edited('full', { time: '08:30' })
  await world.slack.redeliver()
  const form = await edited('full', {})

  expect(form.shown).toContain('Nothing changed')
  expect(await audit()).toHaveLength(1)
})

it('a paused digest that is edited stays paused, and the answer says so', async () => {
  await answer('/health digest pause full')

  const form = await edited('full', { time: '08:30' })

  expect(form.shown).toContain('It is paused: /health digest resume full.')
  expect(await answer('/health digest')).toContain('paused')
})

it('its name stays', async () => {
  const form = await edited('full', { name: 'fuller' })

  expect(form.errors.name).toContain('It keeps the name full')
  expect(await kept('full')).toBeUndefined()
})

it('the list says where each digest is defined', async () => {
  await edited('by-segment', { time: '08:00' })

  const list = await answer('/health digest')
  expect(list).toContain('The portfolio as a whole, from digests.yaml')
  expect(list).toContain('What changed, changed in chat, which overrides digests.yaml')
})

it.each([
  ['is not valid JSON', '{"name": ', 'It is not valid JSON.'],
  [
    'lost its time zone',
    '{"name":"weekly","schedule":"0 9 * * *","time_zone":"Mars/Base","to":"slack:C1"}',
    'Mars/Base',
  ],
  [
    'asks for a component that the model no longer has',
    '{"name":"weekly","schedule":"0 9 * * *","to":"slack:C1","filter":{"component":"gone","at_most":3}}',
    'There is no component "gone"',
  ],
])(
  'a digest made in chat that %s is named in the list, goes out never, and can be made anew',
  async (_, definition, problem) => {
    const row = { name: 'weekly', definition, is_paused: 0, changed_at: 0, changed_by: 'boss@ours.example' }
    await world.connection.db.insertInto('managed_digests').values(row).execute()

    const list = await answer('/health digest')
    expect(list).toContain('weekly')
    expect(list).toContain(problem)
    expect(list).toContain('/health digest create weekly')
    expect(await answer('/health digest now weekly')).toContain('There is no digest "weekly"')

    await world.slack.command(boss, '/health digest create weekly', room)
    const form = await world.slack.until(() => world.slack.modal(boss))
    await world.slack.submit(boss, form, {})
    await vi.waitFor(async () => expect(await answer('/health digest')).toContain('What changed, made in chat'), {
      timeout: 20_000,
    })
  },
)
