import * as z from 'zod'

/** The few fields that we read of what the Bot Framework sends. Everything else is dropped here. */
const account = z.object({
  id: z.string().max(500),
  name: z.string().nullish(),
  aadObjectId: z.string().max(100).nullish(),
  tenantId: z.string().max(100).nullish(),
})

const entity = z.object({
  type: z.string(),
  text: z.string().nullish(),
  mentioned: z.object({ id: z.string(), name: z.string().nullish() }).nullish(),
})

export const activitySchema = z.object({
  type: z.string(),
  id: z.string().max(500).nullish(),
  name: z.string().nullish(),
  action: z.string().nullish(),
  timestamp: z.string().max(100).nullish(),
  serviceUrl: z.string().max(500),
  channelId: z.string().max(100),
  from: account,
  recipient: account,
  conversation: z.object({
    id: z.string().min(1).max(1000),
    conversationType: z.string().nullish(),
    tenantId: z.string().max(100).nullish(),
  }),
  replyToId: z.string().max(500).nullish(),
  text: z.string().nullish(),
  textFormat: z.string().nullish(),
  entities: z.array(z.unknown()).nullish(),
  membersAdded: z.array(account).nullish(),
  channelData: z
    .object({
      eventType: z.string().nullish(),
      tenant: z.object({ id: z.string().max(100) }).nullish(),
      team: z.object({ id: z.string().max(500).nullish() }).nullish(),
      channel: z.object({ id: z.string().max(500).nullish() }).nullish(),
    })
    .nullish()
    .catch(undefined),
  value: z.unknown().optional(),
})

export type Activity = z.infer<typeof activitySchema>
export type Mention = { readonly text: string; readonly id: string; readonly name: string }

/** The same for every delivery of one activity, and for no other. */
export function deliveryOf({ conversation, id, timestamp, type, name }: Activity): string {
  return `${conversation.id}|${id ?? `${type}:${name ?? ''}:${timestamp ?? ''}`}`
}

/** User ids are made for each bot; the one of Entra stays the same. The Playground's people may have none. */
export function userOf({ from }: Activity): string {
  return from.aadObjectId || from.id
}

export function isPersonal({ conversation }: Activity): boolean {
  return conversation.conversationType === 'personal'
}

/** A channel's id without the thread. */
export function channelOf(conversation: string): string {
  return conversation.replace(/;messageid=.*$/s, '')
}

/** Every tenant involved: that of the conversation, and that of the sender. */
export function tenantsOf({ conversation, channelData, from }: Activity): readonly string[] {
  const all = [conversation.tenantId, channelData?.tenant?.id, from.tenantId]
  return all.flatMap(tenant => (tenant ? [tenant.toLowerCase()] : []))
}

export function mentionsOf({ entities }: Activity): readonly Mention[] {
  return (entities ?? []).flatMap(given => {
    const read = entity.safeParse(given)
    if (!read.success || read.data.type !== 'mention' || !read.data.mentioned || !read.data.text) return []
    const { id, name } = read.data.mentioned
    return [{ text: read.data.text, id, name: name ?? '' }]
  })
}
