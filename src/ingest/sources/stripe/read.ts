import type { AttributeFact, SourceFact } from '../../../domain/sources/source-fact.ts'
import type { Instant } from '../../../domain/time/instant.ts'
import { textAt } from '../path.ts'
import type { SourceEvent } from '../source.ts'
import { invoiceFact, renewalFact, subscriptionFact } from './facts.ts'
import { EVENT, INVOICE, SUBSCRIPTION } from './objects.ts'

/** Where an object keeps the metadata of what it belongs to. */
const INHERITED = ['', 'subscription_details.', 'parent.subscription_details.', 'subscription.', 'customer.']

/** An event of Stripe: what its invoice or subscription is now, or which account a customer is. */
export function readStripe(body: unknown, account: string): SourceEvent[] {
  const { success, data: event } = EVENT.safeParse(body)
  if (!success) return []
  return eventsOf(event.data.object, event.created * 1_000, event.id, account)
}

/** The same of an object that was fetched; `id` is the event's, or made of the object. */
export function eventsOf(object: unknown, at: Instant, id: string, account: string): SourceEvent[] {
  const of = textAt(object, 'object')
  const external =
    of === 'customer' ? textAt(object, 'id') : (textAt(object, 'customer') ?? textAt(object, 'customer.id'))
  const reference = INHERITED.map(prefix => textAt(object, prefix + account)).find(text => text !== undefined)
  const about = { reference, external }
  const facts = factsOf(object, at)
  if (facts.length === 0) return of === 'customer' ? [{ id, ...about }] : []
  return facts.map((fact, index) => ({ id: index === 0 ? id : `${id}:${index}`, ...about, fact }))
}

function factsOf(object: unknown, at: Instant): (SourceFact | AttributeFact)[] {
  const invoice = INVOICE.safeParse(object)
  if (invoice.success) return [invoiceFact(invoice.data, at) ?? []].flat()
  const subscription = SUBSCRIPTION.safeParse(object)
  if (!subscription.success) return []
  return [subscriptionFact(subscription.data, at), renewalFact(subscription.data, at) ?? []].flat()
}
