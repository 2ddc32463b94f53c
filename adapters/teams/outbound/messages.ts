import type { MessageRef, Recipient } from '../../../src/chat/port.ts'
import type { Card } from '../../../src/views/card.ts'
import { channelOf } from '../connector/activity.ts'
import type { ChannelAddress } from '../connector/addresses.ts'
import type { Desk } from '../inbound/desk.ts'
import { type AdaptiveCard, renderCard } from '../render/render-card.ts'
import { renderPlain, renderSummary } from '../render/render-plain.ts'
import type { Outgoing, Place } from '../transport.ts'

export type Post = Pick<Desk, 'transport' | 'addresses' | 'roster' | 'dialogs'>
type PostOptions = { readonly thread?: string; readonly plain?: boolean }

export const ADAPTIVE = 'application/vnd.microsoft.card.adaptive'

/** Posts once to a channel, a chat, a user or a person. Throws `DeliveryError`. */
export async function postCard(post: Post, to: Recipient, card: Card, options: PostOptions = {}): Promise<MessageRef> {
  const message = options.plain ? plainMessage(card) : cardMessage(card, post)
  if (to.person !== undefined) return sendTo(post, await chatWith(post, await post.roster.userOf(to.person)), message)
  const address = await conversationAt(post, to.channel)
  if (address === undefined) return sendTo(post, await chatWith(post, to.channel), message)
  const channel = channelOf(to.channel)
  if (!address.isChannel) return sendTo(post, { ...address, conversation: channel }, message)
  const thread = options.thread ?? threadOf(to.channel)
  if (thread === undefined) return startThread(post, address, channel, message)
  return sendTo(post, { ...address, conversation: `${channel};messageid=${thread}` }, message)
}

/** Posts into a conversation that something just came from: into its thread, where it has one. */
export async function replyIn(post: Post, place: Place, card: Card): Promise<MessageRef> {
  return sendTo(post, place, cardMessage(card, post))
}

export async function updateCard(post: Post, { channel, id }: MessageRef, card: Card): Promise<void> {
  await post.transport.update(await placeOf(post, channel), id, cardMessage(card, post))
}

/** Replaces what a message shows, in the conversation that something just came from. */
export async function editIn(post: Post, place: Place, id: string, card: Card): Promise<void> {
  await post.transport.update(place, id, cardMessage(card, post))
}

/** The chat with one person, opened when there is none yet. */
export async function chatWith({ transport, addresses }: Post, user: string): Promise<Place> {
  const { serviceUrl, conversation, ...address } = await addresses.user(user)
  if (conversation !== undefined) return { serviceUrl, conversation }
  const opened = await transport.openChat({ serviceUrl, ...address }, address.id)
  await addresses.keepConversation(user, opened)
  return { serviceUrl, conversation: opened }
}

/** A card is sent alone: with text next to it Teams makes two messages, and returns the id of neither. */
export function messageOf(card: AdaptiveCard, summary: string): Outgoing {
  return { type: 'message', summary, attachments: [attachmentOf(card)] }
}

export function attachmentOf(card: AdaptiveCard) {
  return { contentType: ADAPTIVE, content: card } as const
}

export async function sendTo({ transport }: Post, place: Place, message: Outgoing): Promise<MessageRef> {
  return { channel: place.conversation, id: await transport.send(place, message) }
}

function cardMessage(card: Card, { dialogs }: Post): Outgoing {
  return messageOf(renderCard(card, { dialogs }), renderSummary(card))
}

function plainMessage(card: Card): Outgoing {
  return { type: 'message', text: renderPlain(card), textFormat: 'plain' }
}

/** A channel or a chat; nothing for what must be a person. */
export async function conversationAt({ addresses }: Post, to: string): Promise<ChannelAddress | undefined> {
  const channel = channelOf(to)
  return /^(19|a):/.test(to) ? addresses.channel(channel) : addresses.knownChannel(channel)
}

function threadOf(to: string): string | undefined {
  return /;messageid=(.+)$/s.exec(to)?.[1]
}

async function startThread(
  { transport }: Post,
  address: ChannelAddress,
  channel: string,
  message: Outgoing,
): Promise<MessageRef> {
  const { conversation, id } = await transport.startThread(address, channel, message)
  return { channel: conversation, id: id || (threadOf(conversation) ?? '') }
}

async function placeOf({ addresses }: Post, conversation: string): Promise<Place> {
  const { serviceUrl } = await addresses.channel(channelOf(conversation))
  return { serviceUrl, conversation }
}
