import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Channel } from '../support/fake-slack/index.ts'
import { SMALL_MODEL, signalsOf } from '../support/small-model.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
let room: Channel

beforeEach(async () => {
  world = await createWorld({ now: '2026-11-01T05:00', files: { 'model.yaml': SMALL_MODEL } })
  room = world.slack.addChannel('leads')
})

afterEach(() => world.close())

const digests = (more: string) =>
  world.writeSettings({
    'digests.yaml': `digests:\n  - {name: weekly, schedule: "0 8 * * *", to: "slack:${room.id}", ${more}}\n`,
  })

/** The service comes up, does what is due, and goes down again. */
async function live(time: string) {
  world.passTo(time)
  world.slack.advance(60_000)
  await world.start()
  await world.tick()
  await vi.waitFor(
    async () => {
      const { db } = world.connection
      const pending = await db.selectFrom('outbox').select('id').where('state', 'in', ['pending', 'sending']).execute()
      expect(pending).toEqual([])
    },
    { timeout: 15_000 },
  )
  await world.stop()
}

const said = () => world.slack.messages(room).map(({ shown }) => shown)

async function acmeFallsBetweenTwoDigests() {
  await world.has({
    people: [{ email: 'dana@ours.example', name: 'Dana', role: 'csm' }],
    accounts: [
      { id: 'acme', name: 'Acme', owner: 'dana@ours.example', arr: '240000', renewal_on: '2026-12-24' },
      { id: 'globex', name: 'Globex', arr: '10000' },
    ],
    signals: [...signalsOf('acme', 36, '2026-10-01'), ...signalsOf('globex', 40, '2026-10-01')],
  })
  await live('2026-11-01T05:00')
  await live('2026-11-01T08:00:10')
  await world.has({ signals: ['acme active_users 2 2026-11-01T20:00', 'acme nps -100 2026-11-01T20:00'] })
  await live('2026-11-02T08:00:10')
}

it('the weekly digest tells what changed, and where the portfolio stands', async () => {
  digests('kind: portfolio, show: {arr: true}')

  await acmeFallsBetweenTwoDigests()

  const [first, second] = said()
  expect(first).toContain('From today on I watch 2 accounts for this channel')
  expect(first).toContain('Mean score 97')
  expect(first).not.toContain('Newly at risk')
  expect(second).toContain('Newly at risk (1)')
  expect(second).toContain('Renewals in the next 90 days (1)')
  expect(second).not.toContain('Renewals to watch')
  expect(second).toContain('ARR 240K')
  expect(second).toContain('This week: alerts opened')
  expect(second).toContain('Accounts without an owner (1)')
  expect(second).toContain('Globex')
})

it('names no revenue where the channel may not see it', async () => {
  digests('kind: portfolio')

  await acmeFallsBetweenTwoDigests()

  expect(said().join('\n')).not.toContain('ARR')
})

it('with nothing to say stays silent where it was told to, and speaks again with the next news', async () => {
  digests('say_nothing: silence')
  await world.has({ accounts: [{ id: 'acme', name: 'Acme' }], signals: signalsOf('acme', 36, '2026-10-01') })
  await live('2026-11-01T05:00')
  await live('2026-11-01T08:00:10')
  await live('2026-11-02T08:00:10')
  expect(said()).toHaveLength(1)

  await world.has({ signals: ['acme active_users 2 2026-11-02T20:00', 'acme nps -100 2026-11-02T20:00'] })
  await live('2026-11-03T08:00:10')

  expect(said()).toHaveLength(2)
  expect(said()[1]).toContain('Newly at risk (1)')
})

it('tells the news once more when a part of the digest before was given up', async () => {
  digests('filter: {attribute: segment, is_not: smb}')
  await world.has({
    accounts: [{ id: 'acme', name: 'Acme', segment: 'mid' }],
    signals: signalsOf('acme', 36, '2026-10-01'),
  })
  await live('2026-11-01T05:00')
  await live('2026-11-01T08:00:10')
  await world.has({ signals: ['acme active_users 2 2026-11-01T20:00', 'acme nps -100 2026-11-01T20:00'] })
  await live('2026-11-02T08:00:10')
  expect(said()[1]).toContain('Newly at risk (1)')
  await world.start()
  const { db } = world.connection
  const heads = await db.selectFrom('outbox').selectAll().where('subject', '=', 'digest').orderBy('id').execute()
  const { id, ...head } = heads[1] ?? {}
  await db
    .insertInto('outbox')
    .values({ ...head, number: 1, head: id, state: 'dead', message: null } as never)
    .execute()
  await world.stop()

  await live('2026-11-03T08:00:10')

  expect(said()[2]).toContain('Newly at risk (1)')
  await live('2026-11-04T08:00:10')
  expect(said()[3]).toContain('Nothing new')
})
