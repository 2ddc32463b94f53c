import type { WebClient } from '@slack/web-api'
import { withDeliveryErrors } from '../outbound/messages.ts'

/** As its people call it: "#general"; nothing for a conversation that has no name. Throws `DeliveryError`. */
export async function channelName(client: WebClient, id: string): Promise<string | undefined> {
  if (!/^[CG]/.test(id)) return undefined
  const { channel } = await withDeliveryErrors(client.conversations.info({ channel: id }))
  return channel?.name === undefined ? undefined : `#${channel.name}`
}
