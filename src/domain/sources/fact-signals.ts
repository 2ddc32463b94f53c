import type { Instant } from '../time/instant.ts'
import { invoiceSignals } from './invoice-signals.ts'
import { type FactSignal, inOrder, type SourceFact } from './source-fact.ts'
import { ticketSignals } from './ticket-signals.ts'

/** All that the facts of one source say of one account, whatever their order; of its invoices, also at some instants. */
export function factSignals(
  source: string,
  facts: readonly SourceFact[],
  now: Instant,
  alsoAt: readonly Instant[] = [],
): FactSignal[] {
  return [
    ...ticketSignals(
      source,
      facts.filter(fact => fact.of === 'ticket'),
    ),
    ...invoiceSignals(
      facts.filter(fact => fact.of === 'invoice'),
      now,
      alsoAt,
    ),
    ...mrrSignals(facts),
  ]
}

/** What all subscriptions bring in a month, at each instant at which one of them changed. */
function mrrSignals(facts: readonly SourceFact[]): FactSignal[] {
  const ordered = inOrder(
    facts.filter(fact => fact.of === 'subscription'),
    ['active', 'ended'],
  )
  const mrr = new Map<string, number>()
  const sums = new Map<Instant, number>()
  for (const fact of ordered) {
    mrr.set(fact.id, fact.mrr)
    sums.set(
      fact.at,
      [...mrr.values()].reduce((sum, value) => sum + value, 0),
    )
  }
  return [...sums].map(([at, value]) => ({ metric: 'mrr', value, observedAt: at, id: '' }))
}
