import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Press } from '../../src/chat/port.ts'
import { DAY } from '../../src/domain/time/instant.ts'
import { LEASE, releaseClaim, takeClaim } from '../../src/store/claims/claims.ts'
import {
  countInstances,
  forgetInstances,
  lostInstances,
  registerInstance,
  SERVICE,
} from '../../src/store/claims/instances.ts'
import { noteArrival, takeArrival, unhandledArrivals } from '../../src/store/delivery/handled-requests.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { claimRequest } from '../../src/store/sources/idempotent-requests.ts'
import { openTestDatabase } from '../support/test-database.ts'

let connection: Connection
let ends: (() => Promise<void>)[]

beforeEach(async () => {
  connection = await openTestDatabase()
  ends = []
})
afterEach(async () => {
  for (const end of ends) await end()
  await connection.close()
})

const [web1, web2, web3] = [1, 2, 3].map(n => `${SERVICE}web-${n}`) as [string, string, string]
async function up(instance: string) {
  const { end } = await registerInstance(connection.db, instance)
  ends.push(end)
  return end
}
/** As if an instance had said nothing for so long. */
const goSilent = (instance: string, milliseconds = LEASE) =>
  connection.db
    .updateTable('claims')
    .set(({ eb }) => ({ until: eb('until', '-', milliseconds) }))
    .where('holder', '=', instance)
    .execute()
const press = (deliveryId: string) => ({ kind: 'press', request: { deliveryId } as Press }) as const

it('an instance is up from when it enters until it ends', async () => {
  const end = await up(web1)
  await up(web2)
  expect(await countInstances(connection.db)).toBe(2)

  await end()

  expect(await countInstances(connection.db)).toBe(1)
  expect(await lostInstances(connection.db, 0)).toEqual([])
})

it('one that went without a word is named, with what it held that nobody has taken since', async () => {
  for (const instance of [web1, web2]) await up(instance)
  const scoring = { kind: 'job', name: 'scoring' } as const
  const rooms = ['slack:C1', 'slack:C2'].map(name => ({ kind: 'channel', name }) as const)
  for (const held of [scoring, ...rooms]) await takeClaim(connection.db, { ...held, holder: web1 })
  const left = await takeClaim(connection.db, { kind: 'job', name: 'digest:now', holder: web1 })
  if (left !== undefined) await releaseClaim(connection.db, left)
  await goSilent(web1)
  await takeClaim(connection.db, { ...scoring, holder: web2 })

  expect(await countInstances(connection.db)).toBe(1)
  expect(await lostInstances(connection.db, 0)).toEqual([
    { name: 'web-1', heardAt: expect.any(Number), holds: ['channel slack:C1', 'channel slack:C2'] },
  ])
  expect(await lostInstances(connection.db, Date.now())).toEqual([])
})

it('one that went is forgotten after two days, with what it was at; not before, and not one that is up', async () => {
  await up(web2)
  // Nothing renews it.
  await takeClaim(connection.db, { kind: 'instance', name: web1, holder: web1 })
  const held = await takeClaim(connection.db, { kind: 'channel', name: 'slack:C1', holder: web1 })
  const rows = () => connection.db.selectFrom('claims').select(['name', 'holder', 'epoch']).orderBy('name').execute()
  await goSilent(web1, DAY)
  await forgetInstances(connection.db)
  expect(await lostInstances(connection.db, 0)).toMatchObject([{ name: 'web-1', holds: ['channel slack:C1'] }])

  await goSilent(web1, DAY + LEASE + 1)
  await forgetInstances(connection.db)

  expect(await rows()).toEqual([
    { name: web2, holder: web2, epoch: 1 },
    { name: 'slack:C1', holder: null, epoch: held?.epoch },
  ])
})

it('one that ends in good order leaves no row', async () => {
  const { end } = await registerInstance(connection.db, web1)
  await end()

  expect(await connection.db.selectFrom('claims').selectAll().execute()).toEqual([])
})

it('one that wakes after it was forgotten is up again', async () => {
  await up(web1)
  await connection.db.deleteFrom('claims').execute()
  expect(await countInstances(connection.db)).toBe(0)

  await vi.waitFor(async () => expect(await countInstances(connection.db)).toBe(1), { timeout: 20_000, interval: 100 })
})

it('what it was asked for and had not done is taken up by one of the others; what a neighbor is at, by nobody', async () => {
  for (const instance of [web1, web2, web3]) await up(instance)
  await noteArrival(connection, press('of the lost'), { at: 1, instance: web1 })
  await noteArrival(connection, press('of a neighbor'), { at: 1, instance: web2 })
  await goSilent(web1)

  expect(await unhandledArrivals(connection.db, web3)).toMatchObject([{ request: { deliveryId: 'of the lost' } }])

  const takes = ['of the lost', 'of a neighbor'].flatMap(delivery =>
    [web2, web3].map(instance => takeArrival(connection.db, delivery, instance)),
  )
  expect((await Promise.all(takes)).filter(isMine => isMine)).toHaveLength(1)
})

it('a request with a key may be sent again once its instance is gone, and not before', async () => {
  for (const instance of [web1, web2]) await up(instance)
  const key = { token: 'token', key: 'key' }
  const claim = (instance: string) => claimRequest(connection, key, { now: 1, instance })
  expect(await claim(web1)).toBe('claimed')
  expect(await claim(web2)).toBe('under_way')

  await goSilent(web1)

  expect(await claim(web2)).toBe('claimed')
})
