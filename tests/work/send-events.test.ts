import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../../src/context.ts'
import { HOUR } from '../../src/domain/time/instant.ts'
import { silentLog } from '../../src/log.ts'
import { loadSettings } from '../../src/model/settings.ts'
import type { PostOut } from '../../src/outbound/post-out.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { claimAlert } from '../../src/store/alerts/alert-acts.ts'
import { openAlerts } from '../../src/store/alerts/alerts.ts'
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

function look(secret: string | undefined = SECRET): Promise<void> {
  const settings = loadSettings(undefined)
  const webhooks = [
    { url: CRM, events: ['alert' as const, 'outcome' as const], secret_env: 'SECRET', allow_private: false },
    { url: BI, events: ['outcome' as const], secret_env: 'SECRET', allow_private: false },
  ]
  const context = {
    connection,
    clock: () => now,
    log: silentLog,
    settings: { ...settings, routes: { ...settings.routes, webhooks } },
  }
  return sendEvents(context as unknown as Context, { SECRET: secret }, receive)
}

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
})
