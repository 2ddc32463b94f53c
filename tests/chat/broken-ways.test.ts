import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { addMessage } from '../../src/store/delivery/outbox.ts'
import { noticeCard } from '../../src/views/parts/answer-cards.ts'
import type { Channel, User } from '../support/fake-slack/index.ts'
import { named } from '../support/named-message.ts'
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

type Recipient = { channel: string } | { person: string }
const put = (words: string, to: Recipient = { channel: gone.id }) =>
  addMessage(world.connection.db, {
    ...named(words),
    to: { platform: 'slack', ...to },
    card: noticeCard('Alert', words),
    alerts: [],
    at: world.now,
  })
const states = async () =>
  (await world.connection.db.selectFrom('outbox').select('state').where('purpose', '!=', 'fault').execute()).map(
    ({ state }) => state,
  )
const become = (...expected: string[]) =>
  vi.waitFor(async () => expect(await states()).toEqual(expected), { timeout: 20_000, interval: 10 })
const notes = () =>
  world.connection.db.selectFrom('outbox').select(['to_person', 'state']).where('purpose', '=', 'fault').execute()

it('tells the admins once a day that a channel is closed, however much should go there', async () => {
  await put('one')
  await put('two')
  await become('parked', 'parked')

  const note = await world.slack.until(() => world.slack.dms(boss).at(0))
  expect(note.shown).toContain(`I could not write to slack:${gone.id}: not_in_channel.`)
  expect(note.shown).toContain('Say /invite @Rounds in that channel.')
  expect(await notes()).toHaveLength(1)
})

it('says of a person who cannot be reached what to do about a person', async () => {
  await put('one', { person: 'frank@ours.example' })
  await become('parked')

  const note = await world.slack.until(() => world.slack.dms(boss).at(0))
  expect(note.shown).toContain('put their Slack user ID into people.csv')
  expect(note.shown).not.toContain('/invite')
})

it('sends what was parked for somebody as soon as they speak to it, though their user id is known already', async () => {
  const frank = world.slack.addUser('Frank', 'f.mueller@corp.example')
  await put('one', { person: 'frank@ours.example' })
  await become('parked')
  await world.has({
    people: [{ email: 'frank@ours.example', name: 'Frank', role: 'csm', userIds: { slack: frank.id } }],
  })

  await world.slack.dm(frank, 'help')

  await become('sent')
  expect(world.slack.dms(frank).map(({ shown }) => shown)).toContainEqual(expect.stringContaining('one'))
})

it('looks again with one message after an hour, and sends all of them once it is let in', async () => {
  await put('one')
  await put('two')
  await become('parked', 'parked')
  await world.tick()
  expect(await states()).toEqual(['parked', 'parked'])
  world.passTo('2026-11-02T09:00')
  gone.takesPosts = true

  await world.tick()

  // The first is noted as sent together with the second's release, and with the pace that the second keeps.
  await become('sent', 'pending')
  expect(world.slack.messages(gone)).toHaveLength(1)
  world.passTo('2026-11-02T09:01')
  await become('sent', 'sent')
  expect(world.slack.messages(gone)).toHaveLength(2)
})

it('lets the others wait while the one that looks is refused again', async () => {
  await put('one')
  await put('two')
  await become('parked', 'parked')
  const tries = () => world.slack.calls.filter(({ method }) => method === 'chat.postMessage').length
  await vi.waitFor(async () => expect((await notes())[0]?.state).toBe('sent'), { timeout: 20_000 })
  const before = tries()

  world.passTo('2026-11-02T09:00')
  await world.tick()
  await vi.waitFor(() => expect(tries()).toBe(before + 1), { timeout: 20_000 })

  await become('parked', 'parked')
  expect(await notes()).toHaveLength(1)
})

it('tells nobody about a note that does not arrive either', async () => {
  world.slack.fail('users.lookupByEmail', { error: 'users_not_found' }, 5)
  await put('one')
  await become('parked')

  await vi.waitFor(async () => expect(await notes()).toEqual([{ to_person: 'boss@ours.example', state: 'parked' }]), {
    timeout: 20_000,
    interval: 10,
  })
})
