import type { Recipient } from '../../../src/chat/port.ts'
import { DeliveryError } from '../../../src/errors.ts'
import { channelOf, type Finder } from '../directory/reach.ts'
import { withDeliveryErrors } from './messages.ts'

/** Finds a channel or a person, and posts nothing. Throws `DeliveryError`. */
export async function probe(finder: Finder, to: Recipient): Promise<void> {
  const { client } = finder
  const id = await channelOf(finder, to)
  if (id.startsWith('D')) return
  if (/^[UW]/.test(id)) {
    await withDeliveryErrors(client.users.info({ user: id }))
    return
  }
  const { channel } = await withDeliveryErrors(client.conversations.info({ channel: id }))
  if (channel?.is_archived) throw new DeliveryError('destination', 'is_archived')
  // a public one needs no membership: chat:write.public
  if (channel?.is_private && channel.is_member === false) throw new DeliveryError('destination', 'not_in_channel')
}
