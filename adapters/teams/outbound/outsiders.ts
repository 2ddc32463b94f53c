import type { Outsider } from '../../../src/chat/port.ts'
import { channelOf } from '../connector/activity.ts'
import { conversationAt, type Post } from './messages.ts'

/** Guests, and people of other tenants, who read along in a channel or a chat. Throws `DeliveryError`. */
export async function outsiders(post: Post, to: string): Promise<readonly Outsider[]> {
  // a chat with one person, who is asked about when they ask
  if (to.startsWith('a:')) return []
  const address = await conversationAt(post, to)
  return address === undefined ? [] : post.roster.outsiders(address.serviceUrl, channelOf(to))
}
