import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { loadSettings } from '../../src/model/settings.ts'
import { platforms } from '../../src/platforms.ts'
import { addMessage } from '../../src/store/delivery/outbox.ts'
import { complaintsOf } from '../../src/views/admin/complaints.ts'
import { noticeCard } from '../../src/views/parts/answer-cards.ts'
import { examine } from '../../src/work/admin/examine.ts'
import type { Channel, User } from '../support/fake-slack/index.ts'
import { named } from '../support/named-message.ts'
import { createWorld, type World } from '../support/world.ts'

/** Channels in which people of another company read along. */
let world: World
let boss: User
let shared: Channel

beforeEach(async () => {
  world = await createWorld({ now: '2026-11-02T08:00' })
  boss = world.slack.addUser('Boss', 'boss@ours.example')
  shared = world.slack.addChannel('shared-acme')
  shared.isExtShared = true
  world.writeSettings({
    'routes.yaml': `admins: [boss@ours.example]\nroutes: [{to: ["slack:${shared.id}", owner]}]`,
    'digests.yaml': `digests: [{name: morning, schedule: "0 9 * * 1-5", time_zone: UTC, to: "slack:${shared.id}"}]`,
  })
})

afterEach(() => world.close())

const put = (key: string) =>
  addMessage(world.connection.db, {
    ...named(key),
    to: { platform: 'slack', channel: shared.id },
    card: noticeCard('Alert', 'Acme fell'),
    alerts: [],
    at: world.now,
  })
const stateOf = async (key: string) =>
  (await world.connection.db.selectFrom('outbox').select('state').where('subject_id', '=', key).executeTakeFirst())
    ?.state
const become = (key: string, state: string) =>
  vi.waitFor(async () => expect(await stateOf(key)).toBe(state), { timeout: 20_000, interval: 20 })

it('get nothing that is announced: it is parked, and an admin is told what to do', async () => {
  await world.start()
  await put('one')
  await become('one', 'parked')

  const note = await world.slack.until(() => world.slack.dms(boss).at(0))
  expect(note.shown).toContain('people from outside your company can read it')
  expect(note.shown).toContain('Name a channel that only people of your company read')
  expect(world.slack.messages(shared)).toEqual([])
})

it('get what waits once they are not shared anymore', async () => {
  await world.start()
  await put('one')
  await become('one', 'parked')

  shared.isExtShared = false
  world.passTo('2026-11-02T10:00')
  await world.tick()
  // the morning's digest goes there too, and a channel takes one message a second, whichever of them is first
  await vi.waitFor(
    async () => {
      world.passTo(new Date(world.now + 1_100).toISOString())
      expect(await stateOf('one')).toBe('sent')
    },
    { timeout: 20_000, interval: 200 },
  )
})

it('show nothing newer from the minute in which they are shared', async () => {
  shared.isExtShared = false
  await world.start()
  await put('one')
  await become('one', 'sent')
  shared.isExtShared = true
  world.passTo('2026-11-02T08:02')

  const card = JSON.stringify(noticeCard('Alert', 'Acme fell further'))
  await world.connection.db.updateTable('outbox').set({ card, version: 2 }).where('subject_id', '=', 'one').execute()
  await world.tick()
  await vi.waitFor(
    async () => {
      const row = await world.connection.db
        .selectFrom('outbox')
        .selectAll()
        .where('subject_id', '=', 'one')
        .executeTakeFirst()
      expect(row).toMatchObject({ shown_version: 2, fault: expect.stringContaining('from outside') })
    },
    { timeout: 20_000 },
  )

  expect(world.slack.messages(shared).at(0)?.shown).not.toContain('further')
})

it('are waited for while Slack cannot say whether they are shared', async () => {
  shared.isExtShared = false
  await world.start()
  await world.tick()
  world.passTo('2026-11-02T08:05')
  world.slack.fail('conversations.info', 'drop')
  await put('one')
  await vi.waitFor(
    async () => {
      const row = await world.connection.db
        .selectFrom('outbox')
        .select('fault')
        .where('subject_id', '=', 'one')
        .executeTakeFirst()
      expect(row?.fault).toContain('not reached')
    },
    { timeout: 20_000 },
  )
  world.passTo('2026-11-02T08:05:10')
  await become('one', 'sent')

  expect(world.slack.messages(shared)).toHaveLength(1)
  expect(world.slack.messages(shared).at(0)?.shown).not.toContain('twice')
})

it('are refused for a digest beside its field', async () => {
  await world.start()
  await world.slack.command(boss, '/health digest create weekly', shared)
  const form = await world.slack.until(() => world.slack.modal(boss))

  await world.slack.submit(boss, form, { days: ['mon'] })

  expect(form.errors.to).toBe(
    'People from outside your company can read #shared-acme. Choose a channel that only your company reads.',
  )
  expect(await world.connection.db.selectFrom('managed_digests').selectAll().execute()).toEqual([])
})

it('are refused for an account that somebody shares, by the name of the channel', async () => {
  await world.has({ accounts: [{ id: 'acme', name: 'Acme' }] })
  await world.start()
  const room = world.slack.addChannel('cs')
  await world.slack.command(boss, '/health acme', room)
  const card = await world.slack.until(() => world.slack.ephemerals(boss).at(0))
  await world.slack.press(boss, card, 'Share to channel')
  const form = await world.slack.until(() => world.slack.modal(boss))

  await world.slack.submit(boss, form, { channel: shared.id })

  expect(form.errors.channel).toBe(
    'Acme was not shared. People from outside your company can read #shared-acme. Choose a channel that only your company reads.',
  )
  expect(world.slack.messages(shared)).toEqual([])
})

it('are named by the doctor when a digest or a route is meant for them', async () => {
  await world.start()
  await world.tick()

  const settings = () => loadSettings(world.folder)
  const complaints = complaintsOf(await examine(world.connection, { settings, environment: {}, platforms }, world.now))

  expect(complaints.filter(({ about }) => about === 'shared channel')).toEqual([
    {
      about: 'shared channel',
      problem: `Nothing is sent to slack:${shared.id} (the digest morning, routes.yaml): people from outside your company can read it.`,
      remedy: expect.stringContaining('Name a channel'),
    },
  ])
})
