import { afterEach, beforeEach, expect, it } from 'vitest'
import { HOUR } from '../../src/domain/instant.ts'
import { addMessage } from '../../src/store/outbox.ts'
import { probeParked } from '../../src/store/parked.ts'
import { noticeCard } from '../../src/views/answer-cards.ts'
import type { Channel, User } from '../support/fake-slack/index.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
let boss: User
let gone: Channel

beforeEach(async () => {
  const routes = 'admins: [boss@ours.example]'
  world = await createWorld({ now: '2026-11-02T08:00', files: { 'routes.yaml': routes } })
  boss = world.slack.addUser('Boss', 'boss@ours.example')
  gone = world.slack.addChannel('gone')
  gone.takesPosts = false
  await world.start()
})

afterEach(() => world.close())

const put = (words: string, to = gone.id) =>
  addMessage(world.connection.db, {
    key: words,
    platform: 'slack',
    to,
    card: noticeCard('Alert', words),
    alerts: [],
    at: world.now,
  })
const states = async () =>
  (await world.connection.db.selectFrom('outbox').select(['key', 'state']).execute())
    .filter(({ key }) => !key.startsWith('fault:'))
    .map(({ state }) => state)
const all = async (state: string) => {
  for (let tries = 0; tries < 400; tries += 1) {
    if ((await states()).every(now => now === state)) return
    await new Promise(resolve => setTimeout(resolve, 10))
  }
  throw new Error(`They are ${await states()}, not ${state}`)
}

it('tells the admins once a day that a channel is closed, however much should go there', async () => {
  await put('one')
  await put('two')
  await all('parked')

  const note = await world.slack.until(() => world.slack.dms(boss).at(0))
  expect(note.shown).toContain(`I could not write to slack:${gone.id}: not_in_channel.`)
  expect(note.shown).toContain('Invite me again')
  const notes = await world.connection.db.selectFrom('outbox').select('key').where('key', 'like', 'fault:%').execute()
  expect(notes).toHaveLength(1)
})

it('looks again with one message after an hour, and sends all of them once it is let in', async () => {
  await put('one')
  await put('two')
  await all('parked')
  expect(await probeParked(world.connection.db, world.now - HOUR, world.now)).toBe(0)
  world.passTo('2026-11-02T09:00')
  gone.takesPosts = true

  expect(await probeParked(world.connection.db, world.now - HOUR, world.now)).toBe(1)

  await world.slack.until(() => world.slack.messages(gone).length === 1)
  world.passTo('2026-11-02T09:01')
  await world.slack.until(() => world.slack.messages(gone).length === 2)
  await all('sent')
})

it('tells nobody about a note that does not arrive either', async () => {
  world.slack.fail('users.lookupByEmail', { error: 'users_not_found' }, 5)
  await put('one')
  await all('parked')
  const notes = () => world.connection.db.selectFrom('outbox').select('state').where('key', 'like', 'fault:%').execute()
  for (let tries = 0; tries < 300 && (await notes())[0]?.state !== 'parked'; tries += 1) {
    await new Promise(resolve => setTimeout(resolve, 10))
  }

  expect(await notes()).toEqual([{ state: 'parked' }])
})
