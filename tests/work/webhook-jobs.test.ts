import { afterEach, beforeEach, expect, it } from 'vitest'
import { DAY } from '../../src/domain/time/instant.ts'
import { receiveEvents } from '../../src/ingest/sources/receive-events.ts'
import { type AlertWorld, createAlertWorld } from '../support/alert-world.ts'
import type { User } from '../support/fake-slack/index.ts'
import { askAlone } from '../support/small-company.ts'
import { at } from '../support/world.ts'

let world: AlertWorld
let boss: User

beforeEach(async () => {
  world = await createAlertWorld({
    routes: ({ id }) => `{admins: [boss@ours.example], routes: [{to: ["slack:${id}"]}]}`,
  })
  boss = world.slack.addUser('Boss', 'boss@ours.example')
  const fact = { at: at('2026-11-01'), of: 'ticket', id: '7', is: 'opened' } as const
  await receiveEvents(world.connection, 'zendesk', [{ id: 'z1', external: '88', reference: 'hooli', fact }], world.now)
})

afterEach(() => world.close())

const notices = () => world.slack.dms(boss).filter(({ shown }) => shown.includes('waited 7 days'))

it('an event waits 7 days for its account; then admins hear of it once, and it is dropped', async () => {
  expect(await askAlone(world.slack, boss, '/health sources', world.room)).toContain('hooli: 1 event')
  await world.live('2026-11-08T05:00')
  expect(notices()).toEqual([])

  await world.live('2026-11-09T07:00')
  await world.live('2026-11-10T07:00')

  expect(notices()).toHaveLength(1)
  expect(await world.connection.db.selectFrom('source_events').selectAll().execute()).toEqual([])
})

it('an event finds its account once that is imported', async () => {
  await world.has({ accounts: [{ id: 'hooli', name: 'Hooli' }] })

  await world.live(new Date(world.now + DAY).toISOString())

  const keys = await world.connection.db.selectFrom('source_events').select('account').execute()
  expect(keys).toEqual([{ account: 2 }])
  expect(await world.connection.engine.signals.read(world.connection.db, 2, world.now)).toHaveLength(2)
})
