import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { keepArrivals } from '../../src/chat/door/arrivals.ts'
import { silentLog } from '../../src/log.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openTestDatabase } from '../support/test-database.ts'

let connection: Connection

beforeEach(async () => {
  connection = await openTestDatabase()
})
afterEach(() => connection.close())

const request = {
  actor: { platform: 'slack', userId: 'U1' },
  action: 'claim',
  value: 'a',
  channel: 'C1',
  deliveryId: 'd',
}
const arrived = {
  kind: 'press',
  request: { ...request, isPrivate: false, isOnOwnMessage: false, canOpenForm: true },
} as const
const kept = () => connection.db.selectFrom('handled_deliveries').select('request').execute()

/** A database that cannot be reached from the second write on, until it can. */
function outOfReach() {
  let [writes, isAway] = [0, true]
  const writeLightly: Connection['engine']['writeLightly'] = async (db, write) => {
    writes += 1
    if (writes > 1 && isAway) throw new Error('the database is away')
    return connection.engine.writeLightly(db, write)
  }
  const comeBack = () => {
    isAway = false
  }
  return { comeBack, connection: { ...connection, engine: { ...connection.engine, writeLightly } } }
}

it('notes what was done once the database is back, so that it is not done again by the next process', async () => {
  const { comeBack, ...away } = outOfReach()
  const arrivals = keepArrivals({ ...away, clock: () => 0, log: silentLog, instance: 'service:one' })

  await arrivals.once(arrived, async () => ({ kind: 'nothing' }))
  expect(await kept()).toEqual([{ request: expect.any(String) }])
  comeBack()

  await vi.waitFor(async () => expect(await kept()).toEqual([{ request: null }]), { timeout: 20_000, interval: 50 })
})

it('does not keep a process from ending that the database is away', async () => {
  const arrivals = keepArrivals({ ...outOfReach(), clock: () => 0, log: silentLog, instance: 'service:one' })
  await arrivals.once(arrived, async () => ({ kind: 'nothing' }))

  await arrivals.settle()

  expect(await kept()).toEqual([{ request: expect.any(String) }])
})
