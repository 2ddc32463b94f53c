import { Analytics } from '@segment/analytics-node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../../src/context.ts'
import { DAY, dayOf, HOUR } from '../../src/domain/time/instant.ts'
import { findAccountKeys } from '../../src/store/accounts/find-accounts.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { readPersonRecord } from '../../src/store/people/person-record.ts'
import { forgetPerson } from '../../src/store/privacy/forget-person.ts'
import { listUnreadEvents } from '../../src/store/sources/unread-events.ts'
import { countDistinctUsers } from '../../src/work/sources/count-users.ts'
import { until } from '../support/until.ts'
import { NOW, type Service, serverParts, startService } from './service.ts'

const SOURCES = `
segment:
  events: {"Report Exported": key_feature_uses, "Signed In": logins}
  distinct_users: {metric: active_users, over: 7d}
`

let service: Service

beforeEach(async () => {
  service = await startService(['signals:write'], SOURCES)
})

afterEach(() => service.end())

const basic = (token: string) => `Basic ${Buffer.from(`${token}:`).toString('base64')}`
const send = (path: string, body: unknown) =>
  service.send(JSON.stringify(body), { authorization: basic(service.token) }, path)

const ago = (days: number) => new Date(NOW - days * DAY + HOUR)

/** The current signals, each as metric, value and day. */
async function signals(): Promise<string[]> {
  const { db, engine } = service.connection
  const keys = [...(await findAccountKeys(db)).values()]
  const read = await Promise.all(keys.map(key => engine.signals.read(db, key, NOW + 99 * DAY)))
  return read
    .flat()
    .map(({ metric, value, observedAt }) => `${metric} ${value} ${dayOf(observedAt)}`)
    .sort()
}

const accounts = () =>
  bareOf(service.connection)
    .prepare(
      `select a.id || ' ' || a.name || coalesce(' ' || group_concat(t.attribute || '=' || coalesce(t.value, '-')), '')
        from accounts a left join (select * from account_attributes order by attribute) t on t.account = a.key
        group by a.key order by a.id`,
    )
    .pluck()
    .all()

/** What the service does every other second, on the day `later`. */
const count = (later = 0) => {
  const parts = serverParts(service.connection, SOURCES)
  const context = { ...parts, settings: parts.settings(), clock: () => NOW + later * DAY + HOUR }
  return countDistinctUsers(context as unknown as Context)
}

describe("Segment's own client, sent to Rounds", () => {
  it('makes accounts, signals and users of what it is told, and is told that all is well', async () => {
    const errors: unknown[] = []
    const analytics = new Analytics({ writeKey: service.token, host: service.address, flushAt: 5 })
    analytics.on('error', error => errors.push(error))

    analytics.group({
      userId: 'u1',
      groupId: 'globex',
      traits: { name: 'Globex', plan: 'pro', seats: 5, address: { city: 'X' } },
      timestamp: ago(3),
    })
    analytics.identify({ userId: 'u1', traits: { email: 'Kim@Globex.example' }, timestamp: ago(3) })
    analytics.track({ userId: 'u1', event: 'Report Exported', timestamp: ago(2) })
    analytics.track({ userId: 'u2', event: 'Signed In', context: { groupId: 'acme' }, timestamp: ago(2) })
    analytics.page({ userId: 'u3', name: 'Home', context: { groupId: 'acme' }, timestamp: ago(2) })
    analytics.track({ userId: 'u1', event: 'Button Clicked', timestamp: ago(2) })
    analytics.screen({ userId: 'u1', name: 'Home' })
    analytics.alias({ userId: 'u1', previousId: 'anonymous' })
    await analytics.closeAndFlush()
    await count()

    expect(errors).toEqual([])
    expect(accounts()).toEqual(['acme Acme', 'globex Globex plan=pro,seats=5'])
    expect(await signals()).toEqual([
      'active_users 1 2025-12-31',
      'active_users 1 2026-01-01',
      'active_users 2 2025-12-31',
      'active_users 2 2026-01-01',
      'key_feature_uses 1 2025-12-30',
      'logins 1 2025-12-30',
    ])
  })
})

describe("Segment's doors", () => {
  it.each(['batch', 'track', 'group', 'identify', 'page', 'screen', 'alias'])(
    '/v1/%s wants a write key',
    async path => {
      for (const authorization of ['', 'Basic !', basic('nobody'), basic(`rnd_${'0'.repeat(16)}_${'0'.repeat(64)}`)]) {
        const response = await fetch(`${service.address}/v1/${path}`, {
          method: 'POST',
          headers: { authorization },
          body: '{}',
        })
        expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="rounds"'])
      }
    },
  )

  it('change nothing when events come again, in whatever order', async () => {
    const log = [
      {
        type: 'group',
        groupId: 'acme',
        userId: 'u1',
        traits: { plan: 'free', seats: 3 },
        timestamp: ago(9),
        messageId: 'g1',
      },
      { type: 'group', groupId: 'acme', userId: 'u2', traits: { plan: 'pro' }, timestamp: ago(3), messageId: 'g2' },
      ...[5, 4, 3, 2].map(days => ({
        type: 'track',
        event: 'Signed In',
        userId: 'u1',
        timestamp: ago(days),
        messageId: `t${days}`,
      })),
      { type: 'track', event: 'Report Exported', userId: 'u2', messageId: 'no time' },
    ]
    await send('/v1/batch', { batch: log })
    await count()
    const [before, known] = [await signals(), accounts()]

    await send('/v1/batch', { batch: log.toReversed() })
    for (const event of log) await send('/v1/batch', { batch: [event] })
    await count()

    expect(await signals()).toEqual(before)
    expect(accounts()).toEqual(known)
    expect(known).toEqual(['acme Acme plan=pro,seats=3'])
  })

  it('count users exactly, late events too, once a day until nobody is left', async () => {
    const seen = (userId: string, days: number) =>
      send('/v1/track', { userId, event: 'X', context: { groupId: 'acme' }, timestamp: ago(days) })
    for (const [user, days] of [
      ['u1', 2],
      ['u2', 2],
      ['u1', 1],
      ['u3', 0],
    ] as const)
      await seen(user, days)
    await count()
    expect(await signals()).toEqual(['active_users 2 2025-12-31', 'active_users 2 2026-01-01'])

    await seen('u4', 2)
    for (let day = 0; day <= 9; day += 1) await count(day)

    expect((await signals()).map(text => text.replace('active_users ', ''))).toEqual([
      ...['0 2026-01-09', '1 2026-01-08', '2 2026-01-07', '3 2025-12-31', '3 2026-01-01'],
      ...['4 2026-01-02', '4 2026-01-03', '4 2026-01-04', '4 2026-01-05', '4 2026-01-06'],
    ])
  })

  it('say what was left out, and have the busiest unread events listed', async () => {
    const [, answer] = await send('/v1/batch', {
      batch: [
        { type: 'track', event: 'Signed In', userId: 'stranger' },
        { type: 'track', event: 'Signed In', userId: 'u1', context: { groupId: 'nobody' } },
        { type: 'dance' },
        { type: 'track', event: 'Hovered', userId: 'u1' },
        { type: 'track', event: 'Hovered', userId: 'u1' },
        { type: 'track', event: 'Clicked', userId: 'u1' },
      ],
    })

    expect(answer).toMatchObject({ success: true, read: 6, rejected: 3 })
    const rejects = answer.rejects as { index: number; reason: string }[]
    expect(rejects.map(({ index }) => index).sort()).toEqual([0, 1, 2])
    await until(async () => (await listUnreadEvents(service.connection.db)).length > 0)
    expect(await listUnreadEvents(service.connection.db)).toMatchObject([
      { event: 'Hovered', count: 2 },
      { event: 'Clicked', count: 1 },
    ])
  })

  it('export and forget a user by their address', async () => {
    await send('/v1/identify', { userId: 'u1', traits: { email: 'kim@acme.example' }, context: { groupId: 'acme' } })
    await send('/v1/track', { userId: 'u1', event: 'Signed In' })
    await send('/v1/track', { userId: 'lee@acme.example', event: 'Signed In', context: { groupId: 'acme' } })
    const stored = () =>
      bareOf(service.connection).prepare('select count(*) from tracked_users, users_seen').pluck().get()
    expect(stored()).toBe(4)
    const { product_use } = await readPersonRecord(service.connection.db, 'kim@acme.example')
    expect(product_use).toEqual([{ account: 'acme', day: '2025-12-31' }])

    for (const email of ['Kim@acme.example', 'lee@acme.example'])
      expect(await forgetPerson(service.connection.db, email, { at: NOW, by: 'op' })).toBeDefined()

    expect(stored()).toBe(0)
    expect(JSON.stringify(bareOf(service.connection).prepare('select * from tracked_users').all())).not.toContain('kim')
  })
})
