import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../../src/context.ts'
import { HOUR } from '../../src/domain/time/instant.ts'
import { silentLog } from '../../src/log.ts'
import { loadSettings } from '../../src/model/settings.ts'
import type { PostOut } from '../../src/outbound/post-out.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { claimAlert, resolveAlertBy } from '../../src/store/alerts/alert-acts.ts'
import { openAlerts } from '../../src/store/alerts/alerts.ts'
import { LEASE } from '../../src/store/claims/claims.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { saveOutcomes } from '../../src/store/outcomes/outcomes.ts'
import { sendEvents } from '../../src/work/events/send-events.ts'
import { migratedDatabase } from '../support/migrated.ts'

const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes, ok').toString('base64')}`
const [CRM, BI] = ['https://crm.example/rounds', 'https://bi.example/rounds']

let connection: Connection
let now: number
let taken: { url: string; id: string; type: string; data: Record<string, unknown> }[]
let answers: (url: string) => number

beforeEach(async () => {
  connection = await migratedDatabase()
  now = Date.UTC(2026, 10, 1)
  taken = []
  answers = () => 200
  await saveAccounts(connection.db, [{ id: 'acme', name: 'Acme', attributes: new Map() }], now)
  await look()
})

afterEach(() => connection.close())

const receive: PostOut = async (url, { headers, body }) => {
  const status = answers(url)
  if (status !== 200) return { status, retryAfter: 99_999_999 }
  const time = new Date(Number(headers['webhook-timestamp']) * 1_000)
  const right = new Webhook(SECRET).sign(headers['webhook-id'] ?? '', time, body)
  if (headers['webhook-signature'] !== right || time.getTime() !== now) return { status: 401 }
  const { type, data } = JSON.parse(body)
  taken.push({ url, id: headers['webhook-id'] ?? '', type, data })
  return { status }
}

const BOTH = [
  { url: CRM, events: ['alert' as const, 'outcome' as const], secret_env: 'SECRET', allow_private: false },
  { url: BI, events: ['outcome' as const], secret_env: 'SECRET', allow_private: false },
]

function look(
  secret: string | undefined = SECRET,
  webhooks = BOTH,
  instance = 'one',
  post: PostOut = receive,
): Promise<void> {
  const settings = loadSettings(undefined)
  const context = {
    connection,
    instance,
    clock: () => now,
    log: silentLog,
    settings: { ...settings, routes: { ...settings.routes, webhooks } },
  }
  return sendEvents(context as unknown as Context, { SECRET: secret }, post)
}

const waiting = () => connection.db.selectFrom('events').select('kind').orderBy('id').execute()

const open = (id: string, kind: 'at_risk' | 'pulse_divergence') =>
  openAlerts(connection.db, [{ id, account: 1, kind, at: now, reason: 'Usage fell' }])

const outcome = (on: string) =>
  saveOutcomes(connection.db, [{ account: 1, kind: 'churned', on, source: 'csv', recordedAt: now }])

describe('what other systems are told', () => {
  it('is what happened, signed, to those who want it', async () => {
    await open('a1', 'at_risk')
    await outcome('2026-10-01')
    await look()
    await claimAlert(connection.db, 'a1', 'dana@ours.example', now)
    await look()

    expect(taken.map(({ url, type }) => `${type} to ${url}`).sort()).toEqual([
      `alert to ${CRM}`,
      `alert to ${CRM}`,
      `outcome to ${BI}`,
      `outcome to ${CRM}`,
    ])
    expect(taken.find(({ type }) => type === 'outcome')?.data).toMatchObject({
      account: 'acme',
      outcome: 'churned',
      on_date: '2026-10-01',
    })
    expect(taken.filter(({ type }) => type === 'alert').map(({ data }) => [data.state, data.claimed_by])).toEqual([
      ['open', null],
      ['claimed', 'dana@ours.example'],
    ])
  })

  it('is nothing confidential, and nothing twice', async () => {
    await open('secret', 'pulse_divergence')
    await outcome('2026-10-01')
    for (let n = 0; n < 3; n += 1) await look()

    expect(taken.map(({ type }) => type)).toEqual(['outcome', 'outcome'])
  })

  it('waits in its order while a receiver is down, holds up nobody else, and arrives when it is back', async () => {
    answers = url => (url === CRM ? 503 : 200)
    for (const day of ['2026-10-01', '2026-10-02', '2026-10-03']) await outcome(day)
    for (let n = 0; n < 10; n += 1) {
      await look()
      now += HOUR
    }
    expect(taken.map(({ url }) => url)).toEqual([BI, BI, BI])

    answers = () => 200
    await look()
    const late = taken.filter(({ url }) => url === CRM)
    expect(late.map(({ data }) => data.on_date)).toEqual(['2026-10-01', '2026-10-02', '2026-10-03'])
    // The same events have the same ids, so that who gets one twice knows it.
    expect(late.map(({ id }) => id)).toEqual(taken.filter(({ url }) => url === BI).map(({ id }) => id))
  })

  it('goes on in order where one instance freezes while it tells and another takes over: one comes twice, with its id', async () => {
    for (const day of ['2026-10-01', '2026-10-02', '2026-10-03']) await outcome(day)
    let isFrozen = false
    answers = url => {
      if (url === BI || isFrozen) return 200
      isFrozen = true
      return 0
    }
    const frozen: PostOut = async (url, sent) => {
      const { status } = await receive(url, sent)
      if (status === 200) return { status }
      await connection.db
        .updateTable('claims')
        .set(({ eb }) => ({ until: eb('until', '-', LEASE) }))
        .execute()
      await look(SECRET, BOTH, 'two')
      return receive(url, sent)
    }

    await look(SECRET, BOTH, 'one', frozen)
    await look(SECRET, BOTH, 'two')

    const days = taken.filter(({ url }) => url === CRM).map(({ data }) => data.on_date)
    expect(days).toEqual(['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-01'])
    expect(new Set(taken.map(({ id }) => id)).size).toBe(3)
  })

  it('is tried again within the hour, whatever a receiver asks for', async () => {
    answers = () => 429
    await outcome('2026-10-01')
    await look()
    answers = () => 200
    now += HOUR

    await look()
    expect(taken).toHaveLength(2)
  })

  it('waits until its secret is there', async () => {
    await outcome('2026-10-01')
    await look('')
    const { fault } = await connection.db.selectFrom('event_receivers').select('fault').executeTakeFirstOrThrow()
    expect(fault).toBe('SECRET is not set')

    now += HOUR
    await look()
    expect(taken).toHaveLength(2)
  })

  it('says how an alert stood when it changed, also when it is told later', async () => {
    answers = () => 503
    await open('a1', 'at_risk')
    await claimAlert(connection.db, 'a1', 'dana@ours.example', now)
    await resolveAlertBy(connection.db, 'a1', 'dana@ours.example', 'They renewed', now + 1)
    await look()
    answers = () => 200
    now += HOUR
    await look()

    expect(taken.map(({ data }) => [data.state, data.claimed_by, data.resolution])).toEqual([
      ['open', null, null],
      ['claimed', 'dana@ours.example', null],
      ['resolved', 'dana@ours.example', 'They renewed'],
    ])
  })

  it('is written down only where somebody listens to its kind, and with what happened or not at all', async () => {
    await look(SECRET, BOTH.slice(1))
    await open('a1', 'at_risk')
    expect(await waiting()).toEqual([])

    await look()
    const failing = connection.db.transaction().execute(async db => {
      await claimAlert(db, 'a1', 'dana@ours.example', now)
      throw new Error('the disk is full')
    })
    await expect(failing).rejects.toThrow('the disk is full')
    expect(await waiting()).toEqual([])

    await claimAlert(connection.db, 'a1', 'dana@ours.example', now)
    expect(await waiting()).toEqual([{ kind: 'alert' }])
  })

  it('begins for a receiver when it is added, and again when it comes back', async () => {
    await look(SECRET, BOTH.slice(1))
    await outcome('2026-10-01')
    await look(SECRET, BOTH.slice(1))
    await look()
    await outcome('2026-10-02')
    await look()
    expect(taken.filter(({ url }) => url === CRM).map(({ data }) => data.on_date)).toEqual(['2026-10-02'])

    await look(SECRET, BOTH.slice(1))
    await outcome('2026-10-03')
    await look()
    expect(taken.filter(({ url }) => url === CRM)).toHaveLength(1)
  })

  it('has what waited before an update as it was written then', async () => {
    const payload = JSON.stringify({ account: 'acme', outcome: 'renewed' })
    await connection.db.insertInto('events').values({ kind: 'outcome', at: now, account: null, payload }).execute()
    await look()

    expect(taken.map(({ data }) => data)).toEqual(Array(2).fill({ account: 'acme', outcome: 'renewed' }))
  })
})
