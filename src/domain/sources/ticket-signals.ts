import { groupedBy } from '../grouped.ts'
import { HOUR, type Instant } from '../time/instant.ts'
import { type FactSignal, inOrder, type TicketFact } from './source-fact.ts'

type Told = TicketFact & { readonly at: Instant }

/** In one instant a ticket is opened before it is answered, and solved last. */
const RANK = ['opened', 'reopened', 'escalated', 'answered', 'solved', 'closed'] as const

/**
 * What an account's tickets say: when each was opened, escalated and reopened, the hours to its first answer and to each
 * solution, and how many were open whenever that changed. Every signal keeps its identity whatever comes late: the first
 * answer counts when the ticket was opened. `source` makes the ids.
 */
export function ticketSignals(source: string, facts: readonly Told[]): FactSignal[] {
  const ordered = inOrder(facts, RANK)
  const ofTickets = [...groupedBy(ordered, ({ id }) => id)].flatMap(([id, facts]) =>
    signalsOf(`${source}:${id}`, facts),
  )
  return [...ofTickets, ...openTickets(ordered)]
}

function signalsOf(id: string, facts: readonly Told[]): FactSignal[] {
  const one = (metric: string, at: Instant, value = 1): FactSignal => ({ metric, value, observedAt: at, id })
  const all = (is: Told['is'], metric: string) => facts.filter(fact => fact.is === is).map(({ at }) => one(metric, at))
  const opened = facts.find(({ is }) => is === 'opened')
  const events = [...all('escalated', 'escalations'), ...all('reopened', 'reopened')]
  if (opened === undefined) return events
  const answered = facts.find(({ is, at }) => is === 'answered' && at >= opened.at)
  const hours = (at: Instant) => (at - opened.at) / HOUR
  return [
    ...events,
    one('tickets_opened', opened.at),
    ...(answered === undefined ? [] : [one('first_response_hours', opened.at, hours(answered.at))]),
    ...all('solved', 'resolution_hours').map(signal => ({ ...signal, value: hours(signal.observedAt) })),
  ]
}

function openTickets(ordered: readonly Told[]): FactSignal[] {
  const open = new Set<string>()
  const counts = new Map<Instant, number>()
  for (const { id, is, at } of ordered) {
    if (is === 'opened' || is === 'reopened') open.add(id)
    else if (is === 'solved' || is === 'closed') open.delete(id)
    else continue
    counts.set(at, open.size)
  }
  return [...counts].map(([at, value]) => ({ metric: 'tickets_open', value, observedAt: at, id: '' }))
}
