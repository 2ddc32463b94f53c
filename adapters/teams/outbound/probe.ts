import type { Recipient } from '../../../src/chat/port.ts'
import { channelOf } from '../connector/activity.ts'
import { chatWith, conversationAt, type Post } from './messages.ts'

/** Finds a channel or a person, and posts nothing. Throws `DeliveryError`. */
export async function probe(post: Post, { channel, person }: Recipient): Promise<void> {
  const address = channel === undefined ? undefined : await conversationAt(post, channel)
  if (channel === undefined || address === undefined)
    await chatWith(post, channel ?? (await post.roster.userOf(person)))
  // only who is in a conversation is told who else is
  else await post.transport.members({ serviceUrl: address.serviceUrl, conversation: channelOf(channel) })
}
