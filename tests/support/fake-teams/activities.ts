import type { Thing } from '../thing.ts'
import { BOT_NAME, type Channel, type Message, newMessageId, placeOf, type Tenant, type User } from './tenant.ts'

/** Where somebody acts: in their chat with the bot, or in a channel, maybe in the thread of a message. */
export type Place = { readonly channel?: Channel | undefined; readonly root?: string | undefined }

export type Envelope = { readonly tenant: Tenant; readonly serviceUrl: string }

/** What every activity that Teams sends has in common, as documented. */
export function activity({ tenant, serviceUrl }: Envelope, user: User, place: Place, more: Thing): Thing {
  return {
    id: newMessageId(tenant),
    channelId: 'msteams',
    serviceUrl,
    timestamp: new Date(1_790_000_000_000 + tenant.numbers).toISOString(),
    localTimezone: 'Europe/Berlin',
    locale: 'en-GB',
    from: { id: user.id, name: user.name, aadObjectId: user.aadObjectId },
    recipient: { id: tenant.botId, name: BOT_NAME },
    conversation: conversationOf(tenant, user, place),
    channelData: channelDataOf(user, place),
    ...more,
  }
}

export function messageBody(envelope: Envelope, user: User, place: Place, text: string, more: Thing = {}): Thing {
  const client = { type: 'clientInfo', locale: 'en-GB', country: 'GB', platform: 'Web', timezone: 'Europe/Berlin' }
  return activity(envelope, user, place, {
    type: 'message',
    textFormat: 'plain',
    text,
    entities: [client],
    attachments: [{ contentType: 'text/html', content: `<div>${text.replaceAll('<', '&lt;')}</div>` }],
    ...more,
  })
}

/** `@Rounds acme`, as Teams writes it down: a tag in the text, and who is meant beside it. */
export function mentionBody(envelope: Envelope, user: User, place: Place, words: string): Thing {
  const tag = `<at>${BOT_NAME}</at>`
  const mention = { type: 'mention', text: tag, mentioned: { id: envelope.tenant.botId, name: BOT_NAME } }
  return messageBody(envelope, user, place, `${tag} ${words}\n`, { entities: [mention] })
}

export function invokeBody(envelope: Envelope, user: User, place: Place, name: string, value: Thing, more: Thing = {}) {
  return activity(envelope, user, place, { type: 'invoke', name, value, ...more })
}

/** The bot was added or removed. Teams says it twice, in two words. */
export function installBodies(envelope: Envelope, user: User, place: Place, act: 'add' | 'remove'): readonly Thing[] {
  const bot = { id: envelope.tenant.botId }
  const changed = act === 'add' ? { membersAdded: [bot] } : { membersRemoved: [bot] }
  return [
    activity(envelope, user, place, { type: 'conversationUpdate', ...changed }),
    activity(envelope, user, place, { type: 'installationUpdate', action: act }),
  ]
}

/** A message as a message action hands it over. */
export function payloadOf(message: Message, author: User | undefined, link: string): Thing {
  const from = author && { id: author.aadObjectId, displayName: author.name, userIdentityType: 'aadUser' }
  return {
    id: message.id,
    messageType: 'message',
    createdDateTime: new Date(Number(message.id)).toISOString(),
    importance: 'normal',
    locale: 'en-gb',
    linkToMessage: link,
    from: author === undefined ? { application: { id: 'bot', displayName: BOT_NAME } } : { user: from },
    body: { contentType: 'html', content: `<div><div>${escaped(message.text || message.shown)}</div></div>` },
    attachments: [],
    mentions: [],
    reactions: [],
  }
}

/** Where a message stands, to act upon it. */
export function placeOfMessage(tenant: Tenant, message: Message): Place {
  const { conversation } = placeOf(message.conversation)
  return { channel: tenant.channels.get(conversation), root: message.root ?? message.id }
}

function conversationOf(tenant: Tenant, user: User, { channel, root }: Place): Thing {
  if (channel === undefined) {
    return { conversationType: 'personal', id: user.conversation, tenantId: user.tenantId }
  }
  const id = root === undefined ? channel.id : `${channel.id};messageid=${root}`
  return { conversationType: 'channel', isGroup: true, id, tenantId: tenant.id }
}

function channelDataOf(user: User, { channel }: Place): Thing {
  if (channel === undefined) return { tenant: { id: user.tenantId } }
  return {
    teamsChannelId: channel.id,
    teamsTeamId: channel.team.id,
    channel: { id: channel.id, name: channel.name },
    team: { id: channel.team.id, name: channel.team.name },
    tenant: { id: user.tenantId },
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
