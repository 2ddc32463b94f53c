import * as z from 'zod'
import type { TicketFact } from '../../../domain/sources/source-fact.ts'
import { parseInstant } from '../../../domain/time/time-text.ts'
import { textAt } from '../path.ts'
import type { SourceEvent } from '../source.ts'
import { readTrigger } from './trigger.ts'

const EVENT = z.object({
  id: z.string(),
  type: z.string(),
  time: z.string(),
  detail: z
    .object({ id: z.union([z.string(), z.number()]).transform(String), created_at: z.string().nullish() })
    .loose(),
  event: z.object({}).loose().default({}),
})

type Event = z.infer<typeof EVENT>

/** An event of Zendesk's event webhooks, or the body of a trigger as docs/data.md has it. */
export function readZendesk(body: unknown, account: string): SourceEvent[] {
  const { success, data: event } = EVENT.safeParse(body)
  if (!success) return readTrigger(body, account)
  const [, thing] = /^zen:event-type:(\w+)\./.exec(event.type) ?? []
  if (thing === 'organization') {
    const about = { reference: textAt(event.detail, account.split('.').at(-1) ?? ''), external: event.detail.id }
    return [{ id: event.id, ...about }]
  }
  return thing === 'ticket' ? ticketEvents(event, account) : []
}

function ticketEvents({ id, type, time, detail, event }: Event, account: string): SourceEvent[] {
  const about = { reference: textAt(detail, account), external: organizationOf(detail) }
  const at = parseInstant(time)
  const openedAt = parseInstant(detail.created_at ?? '')
  const ticket = { of: 'ticket', id: detail.id } as const
  const is = meaningOf(type, event)
  return [
    ...(openedAt === undefined
      ? []
      : [{ id: `ticket:${detail.id}:opened`, ...about, fact: { ...ticket, is: 'opened' as const, at: openedAt } }]),
    ...(is === undefined || at === undefined ? [] : [{ id, ...about, fact: { ...ticket, is, at } }]),
  ]
}

/** 0 is Zendesk's way to say none. */
function organizationOf(detail: unknown): string | undefined {
  const id = textAt(detail, 'organization_id')
  return id === '0' ? undefined : id
}

const DONE = ['SOLVED', 'CLOSED']

function meaningOf(type: string, event: unknown): TicketFact['is'] | undefined {
  const [now, before] = [textAt(event, 'current')?.toUpperCase() ?? '', textAt(event, 'previous')?.toUpperCase() ?? '']
  switch (type) {
    case 'zen:event-type:ticket.status_changed':
      if (now === 'SOLVED') return 'solved'
      if (now === 'CLOSED') return 'closed'
      return DONE.includes(before) ? 'reopened' : undefined
    case 'zen:event-type:ticket.comment_added': {
      const comment = z
        .object({ comment: z.object({ is_public: z.boolean(), author: z.object({ is_staff: z.boolean() }) }) })
        .safeParse(event)
      return comment.data?.comment.is_public && comment.data.comment.author.is_staff ? 'answered' : undefined
    }
    case 'zen:event-type:ticket.priority_changed':
      return now === 'URGENT' ? 'escalated' : undefined
    case 'zen:event-type:ticket.tags_changed': {
      const tags = z.object({ tags_added: z.array(z.string()) }).safeParse(event)
      return tags.data?.tags_added.some(tag => /escalat/i.test(tag)) ? 'escalated' : undefined
    }
    default:
      return undefined
  }
}
