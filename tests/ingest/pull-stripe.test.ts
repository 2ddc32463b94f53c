import { createServer, type Server } from 'node:http'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { DAY } from '../../src/domain/time/instant.ts'
import { pullStripe } from '../../src/ingest/pull/pull-stripe.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { migratedDatabase } from '../support/migrated.ts'

const NOW = Date.UTC(2026, 10, 20, 12)
const seconds = (time: string) => Date.parse(time) / 1_000

/** A Stripe that pages its lists two by two, newest first, and remembers what it was asked. */
function fakeStripe(lists: Record<string, { id: string }[]>) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://stripe.example')
    asked.push(`${request.headers.authorization} ${pathname}`)
    const all = lists[pathname] ?? []
    const from = all.findIndex(({ id }) => id === searchParams.get('starting_after')) + 1
    const data = all.slice(from, from + 2)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ object: 'list', url: pathname, data, has_more: from + 2 < all.length }))
  })
  return { server, asked }
}

const customer = { object: 'customer', id: 'cus_9', metadata: { account_id: 'acme' } }
const subscription = (id: string, unit_amount: number) => ({
  object: 'subscription',
  id,
  customer,
  status: 'active',
  currency: 'usd',
  items: { data: [{ quantity: 1, price: { unit_amount, recurring: { interval: 'month', interval_count: 1 } } }] },
})
const invoice = (status: string) => ({
  object: 'invoice',
  id: 'in_1',
  customer: 'cus_9',
  status,
  created: seconds('2026-11-17T00:00:00Z'),
  due_date: seconds('2026-11-18T00:00:00Z'),
})
const event = (id: string, time: string, object: object) => ({
  id,
  object: 'event',
  type: 'invoice.updated',
  created: seconds(time),
  data: { object },
})

let connection: Connection
let server: Server | undefined

beforeEach(async () => {
  connection = await migratedDatabase()
  await saveAccounts(connection.db, [{ id: 'acme', name: 'Acme', attributes: new Map() }], NOW)
})

afterEach(async () => {
  server?.close()
  await connection.close()
})

async function start(lists: Record<string, { id: string }[]>) {
  const fake = fakeStripe(lists)
  server = fake.server
  await new Promise<void>(resolve => fake.server.listen(0, '127.0.0.1', resolve))
  const address = fake.server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  const pull = (now: number) => pullStripe(connection, { key: 'rk_test', url }, 'metadata.account_id', now)
  return { pull, asked: fake.asked }
}

const told = async () => {
  const all = await connection.engine.signals.read(connection.db, 1, NOW * 2)
  return all.map(
    ({ metric, value, observedAt }) => `${new Date(observedAt).toISOString().slice(0, 10)} ${metric} ${value}`,
  )
}

it('reads what there is, page by page, the first time, and from then on what happened', async () => {
  const events = [event('evt_1', '2026-11-17T00:00:00Z', invoice('open'))]
  const { pull, asked } = await start({
    '/v1/subscriptions': [subscription('sub_1', 1_000), subscription('sub_2', 2_000), subscription('sub_3', 3_000)],
    '/v1/invoices': [invoice('open')],
    '/v1/events': events,
  })

  expect(await pull(NOW)).toEqual({ read: 5 })
  expect(await told()).toEqual(expect.arrayContaining(['2026-11-20 mrr 60', '2026-11-20 days_past_due 2']))
  asked.length = 0
  events.unshift(event('evt_2', '2026-11-20T14:00:00Z', invoice('paid')))
  await pull(NOW + DAY)

  expect(await told()).toContain('2026-11-20 days_past_due 0')
  expect(asked).toEqual(['Bearer rk_test /v1/events'])
})

it('read again, it changes nothing', async () => {
  const { pull } = await start({
    '/v1/subscriptions': [subscription('sub_1', 1_000)],
    '/v1/invoices': [invoice('open')],
    '/v1/events': [event('evt_1', '2026-11-17T00:00:00Z', invoice('open'))],
  })
  await pull(NOW)
  const before = await told()

  await connection.db.deleteFrom('pulls').execute()
  await pull(NOW)

  expect(await told()).toEqual(before)
})
