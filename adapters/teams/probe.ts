import { channelOf } from './connector/activity.ts'
import { chatWith, conversationAt, type Post } from './messages.ts'

/** Finds a channel or a person, and posts nothing. Throws `DeliveryError`. */
export async function probe(post: Post, to: string): Promise<void> {
  const address = await conversationAt(post, to)
  if (address === undefined) await chatWith(post, to)
  // only who is in a conversation is told who else is
  else await post.transport.members({ serviceUrl: address.serviceUrl, conversation: channelOf(to) })
}
