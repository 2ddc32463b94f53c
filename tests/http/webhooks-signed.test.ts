import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { NOW, SIGN, type Signed, startWebhookService, type WebhookService } from './webhook-service.ts'

let service: WebhookService

beforeEach(async () => {
  service = await startWebhookService()
})

afterEach(() => service.end())

const MINUTE = 60_000
const TICKET = { id: '7', organization_id: '0', created_at: '2026-11-19T10:00:00Z' }
const EVENT = {
  id: 'z1',
  type: 'zen:event-type:ticket.created',
  time: '2026-11-19T10:00:00Z',
  detail: TICKET,
  event: {},
}

const VENDORS: Record<string, (at?: number) => Signed> = {
  stripe: at => SIGN.stripe({ id: 'evt_1', type: 'ping', created: 1, data: { object: { object: 'charge' } } }, at),
  zendesk: at => SIGN.zendesk(EVENT, at),
  intercom: () => SIGN.intercom({ type: 'notification_event', topic: 'ping', data: { item: { type: 'ping' } } }),
  hubspot: at => SIGN.hubspot([], at),
}

describe.each(Object.keys(VENDORS))('%s', vendor => {
  const signed = (at?: number) => VENDORS[vendor]?.(at) ?? SIGN.stripe({})

  it('is let in as it signs', async () => {
    expect(await service.send(signed())).toEqual([200, { ok: true }])
  })

  it('is refused with another signature, none, or another body', async () => {
    const { headers, ...rest } = signed()
    const [name = ''] = Object.keys(headers).filter(header => header.includes('signature'))
    const value = headers[name] ?? ''
    const other = value.replace(/[0-9a-f](?=[^0-9a-f]*$)/i, char => (char === '0' ? '1' : '0'))
    const refused = [401, { error: 'The signature is not valid.', hint: expect.any(String) }]

    expect(await service.send({ ...rest, headers: { ...headers, [name]: other } })).toEqual(refused)
    expect(await service.send({ ...rest, headers: {} })).toEqual(refused)
    expect(await service.send({ ...rest, headers, body: `${rest.body} ` })).toEqual(refused)
  })
})

describe.each(['stripe', 'zendesk', 'hubspot'])('a request that %s signed', vendor => {
  it.each([
    [-6, 401],
    [-4, 200],
    [4, 200],
    [6, 401],
  ])('%i minutes from now is answered with %i', async (minutes, status) => {
    const [answered] = await service.send(VENDORS[vendor]?.(NOW + minutes * MINUTE) ?? SIGN.stripe({}))

    expect(answered).toBe(status)
  })
})

it('HubSpot is known by the address that it wrote to, not by ours', async () => {
  const elsewhere = SIGN.hubspot([], NOW, 'https://evil.example/v1/hubspot')
  const headers = { ...elsewhere.headers, 'x-forwarded-host': 'rounds.example' }

  expect((await service.send({ ...elsewhere, headers }))[0]).toBe(401)
})

it('a body that is too large or no JSON is refused, and so is a source that is not set up', async () => {
  const bare = await startWebhookService({})
  const signature = createHmac('sha1', 'intercom made up').update('{').digest('hex')
  const broken = { path: '/v1/intercom', body: '{', headers: { 'x-hub-signature': `sha1=${signature}` } }

  expect((await service.send({ path: '/v1/stripe', body: 'x'.repeat(2 ** 20 + 1), headers: {} }))[0]).toBe(413)
  expect((await service.send(broken))[0]).toBe(400)
  expect(await bare.send(SIGN.zendesk(EVENT))).toEqual([
    503,
    { error: 'The secret of zendesk is not set.', hint: 'Set ZENDESK and restart.' },
  ])
  await bare.end()
})
