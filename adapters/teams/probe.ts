import { channelOf } from './connector/activity.ts'
import type { Desk } from './desk.ts'
import { chatWith, conversationAt } from './messages.ts'

type Probe = Pick<Desk, 'transport' | 'addresses' | 'dialogs'>

/** Finds a channel or a person, and posts nothing. Throws `DeliveryError`. */
export async function probe(desk: Probe, to: string): Promise<void> {
  const address = await conversationAt(desk, to)
  if (address === undefined) await chatWith(desk, to)
  // only who is in a conversation is told who else is
  else await desk.transport.members({ serviceUrl: address.serviceUrl, conversation: channelOf(to) })
}
