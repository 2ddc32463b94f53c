import type { Stripe } from 'stripe'
import { DAY, dayOf, type Instant } from '../../domain/time/instant.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { pullState, saveCursor } from '../../store/sources/pulls.ts'
import { receiveEvents } from '../sources/receive-events.ts'
import type { SourceEvent } from '../sources/source.ts'
import { eventsOf, readStripe } from '../sources/stripe/read.ts'

/** How Stripe is reached: `url` is another base than its own. */
export type StripeAccess = { readonly key: string; readonly url?: string | undefined }

const KEY = { source: 'stripe', name: 'events' }

/** Stripe keeps its events for 30 days. */
const REMEMBERED = 29 * DAY

/** What was under way when the last pull began is asked for again. */
const OVERLAP = 600_000

const TYPES = ['customer.*', 'customer.subscription.*', 'invoice.*']

const TOGETHER = 100

/** Fetches what happened since the last pull; the first time, and after a month, what there is. Returns how many things it read. */
export async function pullStripe(
  connection: Connection,
  access: StripeAccess,
  account: string,
  now: Instant,
): Promise<{ readonly read: number }> {
  const stripe = await openStripe(access)
  const { cursor } = await pullState(connection.db, KEY)
  const isNew = cursor === undefined || cursor < now - REMEMBERED
  const since = isNew ? now - REMEMBERED : cursor - OVERLAP
  let read = 0
  const take = async (events: AsyncIterable<readonly SourceEvent[]>) => {
    let waiting: SourceEvent[] = []
    for await (const more of events) {
      read += 1
      waiting.push(...more)
      if (waiting.length < TOGETHER) continue
      await receiveEvents(connection, 'stripe', waiting, now)
      waiting = []
    }
    await receiveEvents(connection, 'stripe', waiting, now)
  }
  if (isNew) await take(whatThereIs(stripe, account, now))
  await take(whatHappened(stripe, account, since))
  await saveCursor(connection.db, KEY, now)
  return { read }
}

/** Events have the same ids as by webhook, so that both may be used. */
async function* whatHappened(stripe: Stripe, account: string, since: Instant) {
  const created = { gte: Math.floor(since / 1_000) }
  for await (const event of stripe.events.list({ created, types: TYPES, limit: 100 })) yield readStripe(event, account)
}

/** Subscriptions as they are today, and invoices that are open. */
async function* whatThereIs(stripe: Stripe, account: string, now: Instant) {
  const expand = ['data.customer']
  for await (const subscription of stripe.subscriptions.list({ status: 'all', limit: 100, expand })) {
    yield eventsOf(subscription, now, `pull:${subscription.id}:${dayOf(now)}`, account)
  }
  for await (const invoice of stripe.invoices.list({ status: 'open', limit: 100, expand })) {
    yield eventsOf(invoice, invoice.created * 1_000, `pull:${invoice.id}`, account)
  }
}

async function openStripe({ key, url }: StripeAccess): Promise<Stripe> {
  const { Stripe } = await import('stripe')
  const base = url === undefined ? undefined : new URL(url)
  return new Stripe(key, {
    telemetry: false,
    maxNetworkRetries: 3,
    ...(base !== undefined && {
      host: base.hostname,
      port: base.port || (base.protocol === 'http:' ? 80 : 443),
      protocol: base.protocol === 'http:' ? 'http' : 'https',
    }),
  })
}
