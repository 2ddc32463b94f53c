import * as z from 'zod'
import type { TicketFact } from '../../../domain/sources/source-fact.ts'
import { textAt } from '../path.ts'
import type { SourceEvent } from '../source.ts'

const seconds = z.number().int().nonnegative()

const NOTIFICATION = z.object({
  type: z.literal('notification_event'),
  id: z.string(),
  topic: z.string(),
  created_at: seconds,
  data: z.object({ item: z.object({}).loose() }),
})

const CONVERSATION = z.object({
  type: z.literal('conversation'),
  id: z.union([z.string(), z.number()]).transform(String),
  created_at: seconds,
})

const MEANING: Readonly<Record<string, TicketFact['is']>> = {
  'conversation.admin.replied': 'answered',
  'conversation.admin.closed': 'solved',
  'conversation.admin.opened': 'reopened',
}

/** A notification: what became of a conversation, or which company a contact belongs to. */
export function readIntercom(body: unknown, account: string): SourceEvent[] {
  const { success, data: notification } = NOTIFICATION.safeParse(body)
  if (!success) return []
  const { id, topic, created_at, data } = notification
  const about = { reference: textAt(data.item, account) ?? textAt(data, account), external: contactOf(data.item) }
  const conversation = CONVERSATION.safeParse(data.item)
  if (!conversation.success) return about.reference === undefined ? [] : [{ id, ...about }]
  const ticket = { of: 'ticket', id: conversation.data.id } as const
  const openedAt = conversation.data.created_at * 1_000
  const is = MEANING[topic] ?? (isEscalation(topic, data.item) ? ('escalated' as const) : undefined)
  return [
    { id: `conversation:${ticket.id}:opened`, ...about, fact: { ...ticket, is: 'opened', at: openedAt } },
    ...(is === undefined ? [] : [{ id, ...about, fact: { ...ticket, is, at: created_at * 1_000 } }]),
  ]
}

const CONTACTS = z.object({ contacts: z.object({ contacts: z.array(z.object({ id: z.string() })).min(1) }) })

/** The contact that a conversation is with, or that was put into a company. */
function contactOf(item: unknown): string | undefined {
  const contacts = CONTACTS.safeParse(item)
  if (contacts.success) return contacts.data.contacts.contacts[0]?.id
  return textAt(item, 'contact.id') ?? textAt(item, 'user.id')
}

const TAGS = z.object({ tags_added: z.object({ tags: z.array(z.object({ name: z.string() })) }) })

function isEscalation(topic: string, item: unknown): boolean {
  if (topic === 'conversation.priority.updated') return textAt(item, 'priority') === 'priority'
  if (topic !== 'conversation_part.tag.created') return false
  return TAGS.safeParse(item).data?.tags_added.tags.some(({ name }) => /escalat/i.test(name)) ?? false
}
