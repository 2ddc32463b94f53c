import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY } from '../../src/domain/time/instant.ts'
import { NOW, SIGN, startWebhookService, type WebhookService } from './webhook-service.ts'

let service: WebhookService

beforeEach(async () => {
  service = await startWebhookService()
})

afterEach(() => service.end())

const seconds = (time: string) => Date.parse(time) / 1_000
const stripe = (id: string, time: string, object: object) =>
  service.send(SIGN.stripe({ id, object: 'event', type: 'any', created: seconds(time), data: { object } }, service.now))
const invoice = (status: string, more: object = {}) => ({
  object: 'invoice',
  id: 'in_1',
  customer: 'cus_9',
  status,
  created: seconds('2026-11-01T00:00:00Z'),
  due_date: seconds('2026-11-15T00:00:00Z'),
  metadata: { account_id: 'acme' },
  ...more,
})
const attribute = (name: string) =>
  service.connection.db
    .selectFrom('account_attributes')
    .select('value')
    .where('attribute', '=', name)
    .orderBy('known_from')
    .execute()
    .then(rows => rows.map(({ value }) => value))

describe('Stripe', () => {
  it('an invoice is overdue day by day from its due date until it is paid', async () => {
    service.now = Date.parse('2026-11-02T09:00:00Z')
    await stripe('evt_1', '2026-11-01T08:00:00Z', invoice('open'))
    service.now = Date.parse('2026-11-18T09:00:00Z')
    await stripe('evt_2', '2026-11-18T08:30:00Z', invoice('paid'))

    const signals = await service.signals()
    expect(signals.filter(signal => signal.includes('days_past_due'))).toEqual([
      '2026-11-01T08:00 days_past_due 0',
      '2026-11-15T00:00 days_past_due 0',
      '2026-11-16T00:00 days_past_due 1',
      '2026-11-17T00:00 days_past_due 2',
      '2026-11-18T00:00 days_past_due 3',
      '2026-11-18T08:30 days_past_due 0',
    ])
    expect(signals).toContain('2026-11-17T00:00 invoices_overdue 1')
  })

  it('subscriptions add up to MRR, and a yearly one says when it renews', async () => {
    const price = (unit_amount: number, interval: string) => ({
      unit_amount,
      recurring: { interval, interval_count: 1 },
    })
    const subscription = (id: string, status: string, item: object) => ({
      object: 'subscription',
      id,
      customer: 'cus_9',
      status,
      currency: 'usd',
      metadata: { account_id: 'acme' },
      items: { data: [{ quantity: 2, current_period_end: seconds('2027-03-01T00:00:00Z'), ...item }] },
    })
    await stripe('evt_1', '2026-11-02T00:00:00Z', subscription('sub_1', 'active', { price: price(120_000, 'year') }))
    await stripe('evt_2', '2026-11-03T00:00:00Z', subscription('sub_2', 'active', { price: price(5_000, 'month') }))
    await stripe('evt_3', '2026-11-04T00:00:00Z', subscription('sub_2', 'canceled', { price: price(5_000, 'month') }))

    expect(await service.signals()).toEqual([
      '2026-11-02T00:00 mrr 200',
      '2026-11-03T00:00 mrr 300',
      '2026-11-04T00:00 mrr 200',
    ])
    expect(await attribute('renewal_on')).toEqual(['2027-03-01'])
  })

  it('a customer is known once any of its objects named the account', async () => {
    await stripe('evt_1', '2026-11-16T00:00:00Z', invoice('open', { metadata: {} }))
    expect(await service.signals()).toEqual([])

    await stripe('evt_2', '2026-11-16T01:00:00Z', { object: 'customer', id: 'cus_9', metadata: { account_id: 'acme' } })

    expect(await service.signals()).toContain('2026-11-16T00:00 invoices_overdue 1')
  })
})

describe('Zendesk', () => {
  const event = (id: string, type: string, time: string, event: object = {}) => ({
    id,
    type: `zen:event-type:ticket.${type}`,
    time,
    detail: { id: '35', organization_id: '88', created_at: '2026-11-10T08:00:00Z', status: 'OPEN' },
    event,
  })
  const organization = {
    id: 'o1',
    type: 'zen:event-type:organization.created',
    time: '2026-11-01T00:00:00Z',
    detail: { id: '88', external_id: 'acme', name: 'Acme' },
    event: {},
  }
  const comment = (is_staff: boolean) => ({ comment: { id: '1', is_public: true, author: { id: '2', is_staff } } })
  const history = [
    organization,
    event('z1', 'created', '2026-11-10T08:00:00Z'),
    event('z2', 'comment_added', '2026-11-10T08:30:00Z', comment(false)),
    event('z3', 'comment_added', '2026-11-10T10:00:00Z', comment(true)),
    event('z4', 'priority_changed', '2026-11-10T11:00:00Z', { current: 'URGENT', previous: 'NORMAL' }),
    event('z5', 'status_changed', '2026-11-11T08:00:00Z', { current: 'SOLVED', previous: 'OPEN' }),
    event('z6', 'status_changed', '2026-11-12T08:00:00Z', { current: 'OPEN', previous: 'SOLVED' }),
    event('z7', 'status_changed', '2026-11-12T20:00:00Z', { current: 'SOLVED', previous: 'OPEN' }),
  ]
  const TOLD = [
    '2026-11-10T08:00 first_response_hours 2',
    '2026-11-10T08:00 tickets_open 1',
    '2026-11-10T08:00 tickets_opened 1',
    '2026-11-10T11:00 escalations 1',
    '2026-11-11T08:00 resolution_hours 24',
    '2026-11-11T08:00 tickets_open 0',
    '2026-11-12T08:00 reopened 1',
    '2026-11-12T08:00 tickets_open 1',
    '2026-11-12T20:00 resolution_hours 60',
    '2026-11-12T20:00 tickets_open 0',
  ]

  it('tells the life of a ticket', async () => {
    for (const event of history) await service.send(SIGN.zendesk(event))

    expect((await service.signals()).sort()).toEqual(TOLD)
  })

  it('tells the same when events come twice and backwards, the organization last', async () => {
    for (const event of [...history.toReversed(), ...history]) await service.send(SIGN.zendesk(event))

    expect((await service.signals()).sort()).toEqual(TOLD)
  })

  it('a trigger of ours tells a ticket as it is', async () => {
    const ticket = { id: 36, created_at: '2026-11-10T08:00:00Z', priority: 'normal' }
    const body = (status: string, updated_at: string) => ({
      ticket: { ...ticket, status, updated_at },
      organization: { id: 88, external_id: 'acme' },
    })
    await service.send(SIGN.zendesk(body('open', '2026-11-10T08:00:00Z')))
    await service.send(SIGN.zendesk(body('solved', '2026-11-10T12:00:00Z')))

    expect(await service.signals()).toContain('2026-11-10T12:00 resolution_hours 4')
  })
})

describe('Intercom', () => {
  const notification = (id: string, topic: string, time: string, item: object) => ({
    type: 'notification_event',
    id,
    topic,
    created_at: seconds(time),
    data: { type: 'notification_event_data', item },
  })
  const conversation = {
    type: 'conversation',
    id: '501',
    created_at: seconds('2026-11-10T08:00:00Z'),
    contacts: { type: 'contact.list', contacts: [{ type: 'contact', id: 'c7' }] },
  }

  it('tells the life of a conversation, once its contact belongs to a company', async () => {
    const attached = { contact: { id: 'c7' }, company: { type: 'company', company_id: 'acme' } }
    await service.send(
      SIGN.intercom(notification('n1', 'conversation.user.created', '2026-11-10T08:00:01Z', conversation)),
    )
    await service.send(
      SIGN.intercom(notification('n2', 'conversation.admin.replied', '2026-11-10T09:00:00Z', conversation)),
    )
    await service.send(
      SIGN.intercom(notification('n3', 'conversation.admin.closed', '2026-11-10T12:00:00Z', conversation)),
    )
    expect(await service.signals()).toEqual([])

    await service.send(SIGN.intercom(notification('n4', 'contact.attached', '2026-11-10T13:00:00Z', attached)))

    expect((await service.signals()).sort()).toEqual([
      '2026-11-10T08:00 first_response_hours 1',
      '2026-11-10T08:00 tickets_open 1',
      '2026-11-10T08:00 tickets_opened 1',
      '2026-11-10T12:00 resolution_hours 4',
      '2026-11-10T12:00 tickets_open 0',
    ])
  })
})

describe('HubSpot', () => {
  const change = (propertyName: string, propertyValue: string, occurredAt: number) => ({
    eventId: `${propertyName}-${occurredAt}`,
    subscriptionId: 1,
    portalId: 2,
    subscriptionType: 'company.propertyChange',
    objectId: 4711,
    propertyName,
    propertyValue,
    occurredAt,
  })

  it('a company hands over its owner and its renewal, the newest word counting, whatever comes last', async () => {
    await service.send(
      SIGN.hubspot([
        change('account_id', 'acme', NOW - 3 * DAY),
        change('owner_email', 'eve@ours.example', NOW - DAY),
        change('renewal_date', String(Date.UTC(2027, 2, 1)), NOW - DAY),
        change('favourite_color', 'red', NOW - DAY),
      ]),
    )
    await service.send(SIGN.hubspot([change('owner_email', 'dana@ours.example', NOW - 2 * DAY)]))

    expect(await attribute('owner')).toEqual(['eve@ours.example'])
    expect(await attribute('renewal_on')).toEqual(['2027-03-01'])
    expect(await attribute('favourite_color')).toEqual([])
  })
})
