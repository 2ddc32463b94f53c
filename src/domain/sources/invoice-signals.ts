import { DAY, type Instant } from '../time/instant.ts'
import { type FactSignal, type InvoiceFact, inOrder } from './source-fact.ts'

type Told = InvoiceFact & { readonly at: Instant }

/** An invoice that was paid in the second in which it became open is paid. */
const RANK = ['open', 'closed'] as const

/** How long an invoice that nobody closes keeps sending signals. */
const LONGEST = 365

/**
 * How many of an account's invoices are overdue, and by how many whole days the oldest is: whenever one of them changed,
 * and at each midnight while one is overdue, until `now`. `alsoAt` are instants at which something else was said before.
 */
export function invoiceSignals(facts: readonly Told[], now: Instant, alsoAt: readonly Instant[] = []): FactSignal[] {
  const ordered = inOrder(facts, RANK)
  const changes = [...new Set(ordered.map(({ at }) => at))].filter(at => at <= now)
  const instants = new Set(facts.length === 0 ? [] : [...changes, ...alsoAt])
  for (const [index, at] of changes.entries()) {
    const until = Math.min(changes[index + 1] ?? now, now)
    const dues = owedAt(ordered, at).map(({ dueAt }) => dueAt)
    if (dues.length === 0) continue
    const first = Math.ceil(Math.max(at, Math.min(...dues)) / DAY)
    for (let day = first; day * DAY <= until && day < first + LONGEST; day += 1) instants.add(day * DAY)
  }
  return [...instants].sort((a, b) => a - b).flatMap(at => signalsAt(ordered, at))
}

function signalsAt(ordered: readonly Told[], at: Instant): FactSignal[] {
  const overdue = owedAt(ordered, at).filter(({ dueAt }) => dueAt < at)
  const oldest = Math.min(at, ...overdue.map(({ dueAt }) => dueAt))
  return [
    { metric: 'invoices_overdue', value: overdue.length, observedAt: at, id: '' },
    { metric: 'days_past_due', value: Math.floor((at - oldest) / DAY), observedAt: at, id: '' },
  ]
}

/** The invoices that are open at an instant, by the newest that was told of each. */
function owedAt(ordered: readonly Told[], at: Instant): Told[] {
  const newest = new Map(ordered.filter(fact => fact.at <= at).map(fact => [fact.id, fact]))
  return [...newest.values()].filter(({ is }) => is === 'open')
}
