import * as z from 'zod'
import type { TicketFact } from '../../../domain/sources/source-fact.ts'
import { parseInstant } from '../../../domain/time/time-text.ts'
import { textAt } from '../path.ts'
import type { SourceEvent } from '../source.ts'

const id = z.union([z.string(), z.number()]).transform(String)

/** What a trigger of ours sends: the ticket as it is, and its organization. */
const TRIGGER = z.object({
  ticket: z.object({
    id,
    status: z.string(),
    priority: z.string().nullish(),
    created_at: z.string(),
    updated_at: z.string(),
  }),
  organization: z.object({ id: id.nullish() }).loose().nullish(),
})

/** A trigger says nothing of what changed: each state that it sees is told once. */
export function readTrigger(body: unknown, account: string): SourceEvent[] {
  const { success, data } = TRIGGER.safeParse(body)
  if (!success) return []
  const { ticket, organization } = data
  const [openedAt, at] = [parseInstant(ticket.created_at), parseInstant(ticket.updated_at)]
  if (openedAt === undefined || at === undefined) return []
  const about = { reference: textAt(body, account), external: organization?.id ?? undefined }
  const tell = (is: TicketFact['is'], at: number) => ({
    id: is === 'opened' ? `ticket:${ticket.id}:opened` : `ticket:${ticket.id}:${is}:${at}`,
    ...about,
    fact: { of: 'ticket', id: ticket.id, is, at } as const,
  })
  const status = ticket.status.toLowerCase()
  return [
    tell('opened', openedAt),
    ...(status === 'solved' ? [tell('solved', at)] : []),
    ...(status === 'closed' ? [tell('closed', at)] : []),
    ...(ticket.priority?.toLowerCase() === 'urgent' ? [tell('escalated', openedAt)] : []),
  ]
}
