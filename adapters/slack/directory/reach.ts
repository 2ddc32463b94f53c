import type { WebClient } from '@slack/web-api'
import type { AddressBook, Recipient } from '../../../src/chat/port.ts'
import { DeliveryError } from '../../../src/errors.ts'
import { withDeliveryErrors } from '../outbound/messages.ts'

/** What finds a person: Slack itself, and the ids that are known already. */
export type Finder = { readonly client: WebClient; readonly addresses: Pick<AddressBook, 'userOf'> }

/**
 * A person is reached by their user id: the one that the people file gives, for many have another address in Slack;
 * else the one that Slack finds by the address. Throws `DeliveryError`.
 */
export async function channelOf({ client, addresses }: Finder, to: Recipient): Promise<string> {
  if (to.person === undefined) return to.channel
  const email = to.person
  const known = await addresses.userOf(email)
  if (known !== undefined) return known
  const { user } = await withDeliveryErrors(client.users.lookupByEmail({ email }))
  if (user?.id === undefined) throw new DeliveryError('destination', 'users_not_found')
  return user.id
}
