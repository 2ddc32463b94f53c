import type { WebClient } from '@slack/web-api'
import { DeliveryError } from '../../src/errors.ts'
import { asked, channelOf } from './messages.ts'

/** Finds a channel or a person, and posts nothing. Throws `DeliveryError`. */
export async function probe(client: WebClient, to: string): Promise<void> {
  const id = await channelOf(client, to)
  if (to.startsWith('@') || id.startsWith('D')) return
  if (/^[UW]/.test(id)) {
    await asked(client.users.info({ user: id }))
    return
  }
  const { channel } = await asked(client.conversations.info({ channel: id }))
  if (channel?.is_archived) throw new DeliveryError('destination', 'is_archived')
  // a public one needs no membership: chat:write.public
  if (channel?.is_private && channel.is_member === false) throw new DeliveryError('destination', 'not_in_channel')
}
