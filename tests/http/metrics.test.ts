import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChatAdapter } from '../../src/chat/port.ts'
import { DeliveryError } from '../../src/errors.ts'
import { createServer, listen } from '../../src/http/server.ts'
import { createMetrics, type Metrics } from '../../src/metrics.ts'
import { addMessage } from '../../src/store/delivery/outbox.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { saveSlotsSeen } from '../../src/store/schedule/schedules.ts'
import { named } from '../support/named-message.ts'
import { NOW, type Service, SIGNAL, serverParts, startService } from './service.ts'

const CARD = { title: 'x', summary: 'x', parts: [] }

let service: Service
let metrics: Metrics
let server: Awaited<ReturnType<typeof listen>> | undefined

beforeEach(async () => {
  service = await startService()
  metrics = createMetrics(service.connection, () => NOW)
})

afterEach(async () => {
  await server?.close()
  server = undefined
  await service.end()
})

const said = async () => (await metrics.text()).split('\n')

async function ask(metricsToken: string | undefined, headers: Record<string, string> = {}) {
  const parts = { ...serverParts(service.connection), metrics, metricsToken }
  server = await listen(createServer(parts), { port: 0 })
  return fetch(`http://127.0.0.1:${server.port}/metrics`, { headers })
}

describe('GET /metrics', () => {
  it('answers in the form of Prometheus', async () => {
    const response = await ask(undefined)

    expect(response.headers.get('content-type')).toContain('text/plain')
    expect(await response.text()).toMatch(/^# TYPE rounds_accounts gauge$/m)
  })

  it.each([
    ['no token', {}, 401],
    ['another token', { authorization: 'Bearer secreT' }, 401],
    ['the token', { authorization: 'Bearer secret' }, 200],
  ])('with METRICS_TOKEN set answers whoever sends %s', async (_, headers, status) => {
    expect((await ask('secret', headers)).status).toBe(status)
  })

  it('says in words that the database cannot be read', async () => {
    bareOf(service.connection).close()

    expect((await ask(undefined)).status).toBe(503)
  })
})

describe('the metrics', () => {
  it('count signals by their source, and rejected ones by the door, for good', async () => {
    await service.post([SIGNAL, { ...SIGNAL, source: 'crm', id: '1' }, { ...SIGNAL, account_id: 'nobody' }])
    await said()

    const lines = await said()

    expect(lines).toContain('rounds_signals_total{source="api",outcome="received"} 1')
    expect(lines).toContain('rounds_signals_total{source="crm",outcome="received"} 1')
    expect(lines).toContain('rounds_signals_total{source="api",outcome="rejected"} 1')
  })

  it('name no account and no person, whatever a source is called', async () => {
    await service.post([
      { ...SIGNAL, source: 'dana@acme.test' },
      { ...SIGNAL, source: 'Dana Smith', id: '1' },
    ])

    const text = await metrics.text()

    expect(text).toContain('rounds_signals_total{source="other",outcome="received"} 2')
    expect(text).not.toMatch(/acme|dana/i)
  })

  it('count accounts by verdict', async () => {
    expect(await said()).toContain('rounds_accounts{band="unscored"} 1')
  })

  it('count what is in the outbox, and say how old the oldest is', async () => {
    const message = { to: { platform: 'slack', channel: 'C1' }, card: CARD, alerts: [] }
    await addMessage(service.connection.db, { ...message, ...named('a'), at: NOW - 90_000 })
    await addMessage(service.connection.db, { ...message, ...named('b'), at: NOW - 30_000 })

    const lines = await said()

    expect(lines).toContain('rounds_outbox_messages{platform="slack",state="pending"} 2')
    expect(lines).toContain('rounds_outbox_oldest_seconds{platform="slack",state="pending"} 90')
  })

  it('say how late a schedule is', async () => {
    await saveSlotsSeen(service.connection.db, 'scoring', '{}', NOW - 5_000)
    await saveSlotsSeen(service.connection.db, 'digest:morning', '{}', NOW + 5_000)

    const lines = await said()

    expect(lines).toContain('rounds_schedule_lag_seconds{schedule="scoring"} 5')
    expect(lines).toContain('rounds_schedule_lag_seconds{schedule="digest:morning"} 0')
  })

  it('count deliveries by what came of them', async () => {
    const answers = [
      async () => ({ channel: 'C1', message: '1' }),
      () => Promise.reject(new DeliveryError('busy', '429')),
    ]
    const chat = metrics.counted({ platform: 'slack', post: () => answers.shift()?.() } as unknown as ChatAdapter)

    await chat.post({ channel: 'C1' }, CARD)
    await expect(chat.post({ channel: 'C1' }, CARD)).rejects.toThrow('429')

    const lines = await said()
    expect(lines).toContain('rounds_deliveries_total{platform="slack",act="post",result="sent"} 1')
    expect(lines).toContain('rounds_deliveries_total{platform="slack",act="post",result="busy"} 1')
  })

  it('measure scorings and the event loop', async () => {
    const score = metrics.timed(async () => 3)

    await score({ purpose: 'now' } as Parameters<typeof score>[0])

    expect(await said()).toContain('rounds_scoring_seconds_count{purpose="now"} 1')
    expect(await metrics.text()).toMatch(/^nodejs_eventloop_lag_p99_seconds /m)
  })
})
