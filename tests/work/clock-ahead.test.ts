import { afterEach, beforeEach, expect, it } from 'vitest'
import { DAY, HOUR } from '../../src/domain/time/instant.ts'
import { settled } from '../chat/tasks-world.ts'
import type { Channel } from '../support/fake-slack/index.ts'
import { MORNING_DIGEST, SMALL_MODEL, signalsOf } from '../support/small-model.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
let room: Channel

beforeEach(async () => {
  world = await createWorld({ now: '2026-11-02T07:30', files: { 'model.yaml': SMALL_MODEL } })
  room = world.slack.addChannel('cs')
  world.writeSettings({
    'digests.yaml': MORNING_DIGEST(room.id),
    'routes.yaml': `routes: [{to: ["slack:${room.id}"]}]`,
  })
  await world.has({ accounts: [{ id: 'acme', name: 'Acme' }], signals: signalsOf('acme', 20, '2026-11-01') })
  await live('2026-11-02T07:30')
})

afterEach(() => world.close())

const db = () => world.connection.db
const posts = () => world.slack.messages(room).length

/** Passes to a time, and lives until all that is due then is done. */
async function live(time: string) {
  await world.stop()
  world.passTo(time)
  await world.start()
  await world.tick()
  await settled(world)
}

it('sends the digest of each day, after a clock that was two days ahead for a moment', async () => {
  await live('2026-11-04T09:00:30')
  const early = posts()
  await live('2026-11-02T07:30:06')

  await live('2026-11-02T09:00:10')
  expect(posts()).toBe(early + 1)
  await live('2026-11-03T09:00:10')
  await live('2026-11-04T09:00:10')

  expect(posts()).toBe(early + 3)
  const slots = await db().selectFrom('slots').selectAll().where('schedule', '=', 'digest:morning').execute()
  expect(slots.filter(({ state }) => state !== 'done')).toEqual([])
})

it('scores at each slot after it', async () => {
  await live('2026-11-04T06:00:30')
  await live('2026-11-02T07:30:06')

  await live('2026-11-03T06:00:30')

  const slot = await db()
    .selectFrom('slots')
    .select('state')
    .where('slot', '=', Date.UTC(2026, 10, 3, 6))
    .execute()
  expect(slot).toContainEqual({ state: 'done' })
})

it('lets no pause and no wait stand that is further ahead than any that Rounds sets, and every snooze', async () => {
  const { now } = world
  const pause = { platform: 'slack', to_channel: room.id, to_person: '' }
  await db().deleteFrom('destination_pauses').execute()
  await db()
    .insertInto('destination_pauses')
    .values([
      { ...pause, until: now + DAY },
      { ...pause, to_channel: 'C2', until: now + HOUR },
    ])
    .execute()
  const [account] = await db().selectFrom('accounts').select('key').execute()
  const alert = { account: account?.key ?? 0, kind: 'at_risk', reason: 'Fell', claimed_by: null, claimed_at: null }
  await db()
    .insertInto('alerts')
    .values({
      ...alert,
      id: 'a',
      state: 'snoozed',
      opened_at: now + DAY,
      resolved_at: null,
      wakes_at: now + 9 * DAY,
    })
    .execute()

  await world.tick()

  expect(await db().selectFrom('destination_pauses').select('to_channel').execute()).toEqual([{ to_channel: 'C2' }])
  const kept = await db().selectFrom('alerts').select(['opened_at', 'wakes_at', 'state']).execute()
  expect(kept).toEqual([{ opened_at: now, wakes_at: now + 9 * DAY, state: 'snoozed' }])
})
