import type { Day, Instant } from '../time/instant.ts'

/** What a source told of one of its things, at a time. Facts may come twice, late and in any order: they mean the same. */
export type SourceFact = { readonly at: Instant } & (TicketFact | InvoiceFact | SubscriptionFact)

export type TicketFact = {
  readonly of: 'ticket'
  readonly id: string
  readonly is: 'opened' | 'answered' | 'solved' | 'reopened' | 'escalated' | 'closed'
}

/** An invoice that is open is owed from `dueAt` on. */
export type InvoiceFact = {
  readonly of: 'invoice'
  readonly id: string
  readonly is: 'open' | 'closed'
  readonly dueAt: Instant
}

/** `mrr` is what it brings in a month, in whole money; 0 once it has ended. */
export type SubscriptionFact = {
  readonly of: 'subscription'
  readonly id: string
  readonly is: 'active' | 'ended'
  readonly mrr: number
}

/** An attribute of the account itself. */
export type AttributeFact = {
  readonly at: Instant
  readonly of: 'attribute'
  readonly name: string
  readonly value: string | Day | undefined
}

/** A signal that facts make; a gauge has no id. */
export type FactSignal = {
  readonly metric: string
  readonly value: number
  readonly observedAt: Instant
  readonly id: string
}

/** Oldest first; of one instant, in an order that does not depend on how they came. */
export function inOrder<T extends { readonly at: Instant; readonly id: string; readonly is: string }>(
  facts: readonly T[],
  rank: readonly T['is'][],
): T[] {
  const rankOf = ({ is }: T) => rank.indexOf(is)
  return [...facts].sort(
    (a, b) =>
      a.at - b.at || compare(a.id, b.id) || rankOf(a) - rankOf(b) || compare(JSON.stringify(a), JSON.stringify(b)),
  )
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
