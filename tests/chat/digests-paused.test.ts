import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Channel, User } from '../support/fake-slack/index.ts'
import { askAlone, smallCompany } from '../support/small-company.ts'
import { MORNING_DIGEST } from '../support/small-model.ts'
import type { World } from '../support/world.ts'

let world: World
let room: Channel
let boss: User

beforeEach(async () => {
  ;({ world, boss, room } = await smallCompany({ people: [] }, '2026-11-02T08:30'))
  world.writeSettings({ 'digests.yaml': MORNING_DIGEST(room.id) })
})

afterEach(() => world.close())

/** The service comes up at that time and looks at what is due. */
async function upAt(time: string) {
  await world.stop()
  world.passTo(time)
  await world.start()
  await world.tick()
  await vi.waitFor(
    async () => {
      const { db } = world.connection
      const pending = await db.selectFrom('outbox').select('id').where('state', '!=', 'sent').execute()
      expect(pending).toEqual([])
    },
    { timeout: 20_000 },
  )
}

const answer = async (words: string) => {
  return askAlone(world.slack, boss, words, room)
}

const posts = () => world.slack.messages(room).length

const slots = async () => {
  const rows = await world.connection.db
    .selectFrom('slots')
    .select(['slot', 'state', 'reason'])
    .where('schedule', '=', 'digest:morning')
    .orderBy('slot')
    .execute()
  return rows.map(({ slot, state, reason }) => [new Date(slot).toISOString().slice(0, 16), state, reason])
}

it('a paused digest leaves its slot out, with the reason on record, and shows that it rests', async () => {
  await upAt('2026-11-02T08:30')
  expect(await answer('/health digest pause morning')).toContain('is paused until it is resumed')
  expect(await answer('/health digest pause morning')).toContain('is already paused')
  expect(await answer('/health digest')).toContain('paused')

  await upAt('2026-11-02T09:00:10')

  expect(posts()).toBe(0)
  expect(await slots()).toEqual([['2026-11-02T09:00', 'skipped', 'paused']])
})

it('a digest that is resumed posts no slot that came while it was paused, and goes on with the next', async () => {
  await upAt('2026-11-02T08:30')
  await answer('/health digest pause morning')
  await world.stop()
  world.passTo('2026-11-02T09:00:05')
  await world.start()

  expect(await answer('/health digest resume morning')).toContain(
    'goes out again, starting with its next scheduled time',
  )

  await upAt('2026-11-02T09:00:30')
  await upAt('2026-11-02T11:00')
  expect(posts()).toBe(0)
  await upAt('2026-11-03T09:00:10')
  expect(posts()).toBe(1)
  expect(await slots()).toEqual([
    ['2026-11-02T09:00', 'skipped', 'paused'],
    ['2026-11-03T09:00', 'done', null],
  ])
})

it('one that is paused and resumed between two looks skips the slot in between', async () => {
  await upAt('2026-11-02T08:30')
  world.passTo('2026-11-02T08:59:50')
  await answer('/health digest pause morning')
  world.passTo('2026-11-02T09:00:05')
  await answer('/health digest resume morning')

  await upAt('2026-11-02T09:00:20')

  expect(posts()).toBe(0)
  expect(await slots()).toEqual([['2026-11-02T09:00', 'skipped', 'paused']])
})

it('pausing and resuming are in the audit log, with what was and is', async () => {
  await upAt('2026-11-02T08:30')
  await answer('/health digest pause morning')
  await answer('/health digest resume morning')

  const audit = await world.connection.db.selectFrom('audit').select(['act', 'was', 'is_now']).execute()
  expect(audit).toEqual([
    { act: 'digest.pause', was: 'running', is_now: 'paused' },
    { act: 'digest.resume', was: 'paused', is_now: 'running' },
  ])
})
