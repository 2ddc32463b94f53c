import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { findAccountKeys } from '../../src/store/accounts/find-accounts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { claimRequest, releaseRequest, saveAnswer } from '../../src/store/sources/idempotent-requests.ts'
import { countUnreadEvents, listUnreadEvents } from '../../src/store/sources/unread-events.ts'
import { forgetUser, readUse, trackUsers } from '../../src/store/users/tracked-users.ts'
import { endCountsDue, noteSeen, readCountsDue, readSeen } from '../../src/store/users/users-seen.ts'
import { openTestDatabase } from '../support/test-database.ts'

let connection: Connection
let [acme, globex] = [0, 0]

beforeEach(async () => {
  connection = await openTestDatabase()
  const accounts = ['acme', 'globex'].map(id => ({ id, name: id, attributes: new Map() }))
  await saveAccounts(connection.db, accounts, 0)
  const keys = await findAccountKeys(connection.db)
  ;[acme, globex] = [keys.get('acme') ?? 0, keys.get('globex') ?? 0]
})

afterEach(() => connection.close())

describe('users of customers', () => {
  it('belong to the account that was named last, in whatever order that is heard', async () => {
    const { db } = connection
    await trackUsers(db, [{ hash: 'u', account: globex, at: 20 }])
    await trackUsers(db, [
      { hash: 'u', account: acme, at: 10 },
      { hash: 'u', at: 30 },
    ])

    const users = await trackUsers(db, [{ hash: 'u', at: 40 }])

    expect(users.get('u')).toMatchObject({ account: globex })
  })

  it('are seen once a day, and only what was not known of past days is counted again', async () => {
    const { db } = connection
    const users = await trackUsers(db, [{ hash: 'u', emailHash: 'e', account: acme, at: 1 }])
    const user = users.get('u')?.key ?? 0
    const sightings = [4, 3, 4, 9].map(day => ({ day, account: acme, user }))

    await noteSeen(db, sightings, 9)
    const due = await readCountsDue(db, 10)
    expect(due).toEqual([{ account: acme, fromDay: 3, news: 1 }])
    await noteSeen(db, [{ day: 2, account: acme, user }], 9)
    await endCountsDue(db, due)

    expect(await readCountsDue(db, 10)).toEqual([{ account: acme, fromDay: 2, news: 2 }])
    await endCountsDue(db, await readCountsDue(db, 10))
    await noteSeen(db, sightings, 9)
    expect(await readCountsDue(db, 10)).toEqual([])
    const seen = await readSeen(db, [acme, globex], { first: 3, last: 4 })
    expect(
      seen
        .get(acme)
        ?.map(({ day }) => day)
        .sort(),
    ).toEqual([3, 4])
    expect(await readUse(db, 'e')).toHaveLength(4)
  })

  it('are forgotten by the hash of their id or of their address', async () => {
    const { db } = connection
    await trackUsers(db, [
      { hash: 'u', emailHash: 'e', at: 1 },
      { hash: 'v', at: 1 },
    ])

    expect([await forgetUser(db, 'e'), await forgetUser(db, 'v'), await forgetUser(db, 'e')]).toEqual([1, 1, 0])
  })
})

it('counts events that nobody reads, the busiest first', async () => {
  const { db } = connection
  await countUnreadEvents(
    db,
    new Map([
      ['a', 1],
      ['b', 2],
    ]),
    5,
  )
  await countUnreadEvents(db, new Map([['a', 3]]), 7)

  expect(await listUnreadEvents(db)).toEqual([
    { event: 'a', count: 4, lastAt: 7 },
    { event: 'b', count: 2, lastAt: 5 },
  ])
})

it('lets one of two requests with a key begin, and gives the other the answer', async () => {
  const { db } = connection
  const key = { token: 't', key: 'k' }

  expect([
    await claimRequest(connection, key, { now: 1, instance: 'test' }),
    await claimRequest(connection, key, { now: 1, instance: 'test' }),
  ]).toEqual(['claimed', 'under_way'])
  await releaseRequest(db, key, { now: 1, instance: 'test' })
  expect(await claimRequest(connection, key, { now: 1, instance: 'test' })).toBe('claimed')
  await saveAnswer(connection, key, { hash: 'h', status: 200, answer: '{}' })
  await releaseRequest(db, key, { now: 1, instance: 'test' })

  expect(await claimRequest(connection, key, { now: 1, instance: 'test' })).toEqual({
    hash: 'h',
    status: 200,
    answer: '{}',
  })
})
