import type { AttributeFact, SourceFact } from '../../../domain/sources/source-fact.ts'
import { DAY, dayOf, type Instant } from '../../../domain/time/instant.ts'
import type { Invoice, Subscription } from './objects.ts'

/** An invoice that is charged by itself has no due date: a day is left for the charge. */
export function invoiceFact(
  { id, status, due_date, status_transitions, created }: Invoice,
  at: Instant,
): SourceFact | undefined {
  if (status === null || status === 'draft') return undefined
  const finalized = (status_transitions?.finalized_at ?? created) * 1_000
  const dueAt = typeof due_date === 'number' ? due_date * 1_000 : finalized + DAY
  return { at, of: 'invoice', id, is: status === 'open' ? 'open' : 'closed', dueAt }
}

/** Those that pay, or should. */
const ACTIVE = ['active', 'past_due', 'unpaid']

export function subscriptionFact(subscription: Subscription, at: Instant): SourceFact {
  const isActive = ACTIVE.includes(subscription.status)
  const { id } = subscription
  return { at, of: 'subscription', id, is: isActive ? 'active' : 'ended', mrr: isActive ? mrrOf(subscription) : 0 }
}

/** Of a subscription for a year or more: one that renews each month is no renewal to speak of. */
export function renewalFact(
  { status, current_period_end, items }: Subscription,
  at: Instant,
): AttributeFact | undefined {
  const isLong = items.data.some(({ price }) => price.recurring?.interval === 'year')
  const end = Math.max(current_period_end ?? 0, ...items.data.map(item => item.current_period_end ?? 0))
  if (!isLong || end === 0 || !ACTIVE.includes(status)) return undefined
  return { at, of: 'attribute', name: 'renewal_on', value: dayOf(end * 1_000) }
}

const MONTHS = { day: 12 / 365, week: (12 * 7) / 365, month: 1, year: 12 }

/** Currencies whose smallest unit is the whole one. */
const WITHOUT_CENTS = /^(bif|clp|djf|gnf|jpy|kmf|krw|mga|pyg|rwf|ugx|vnd|vuv|xaf|xof|xpf)$/i

function mrrOf({ currency, items }: Subscription): number {
  const unit = WITHOUT_CENTS.test(currency) ? 1 : 100
  return items.data.reduce((sum, { price, quantity }) => {
    if (!price.recurring) return sum
    const amount = price.unit_amount ?? Number(price.unit_amount_decimal ?? 0)
    const months = MONTHS[price.recurring.interval] * price.recurring.interval_count
    return sum + (amount * (quantity ?? 1)) / unit / months
  }, 0)
}
