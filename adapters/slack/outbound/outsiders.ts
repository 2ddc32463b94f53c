import type { WebClient } from '@slack/web-api'
import type { Outsider } from '../../../src/chat/port.ts'
import { withDeliveryErrors } from './messages.ts'

const SOMEBODY: Outsider = {}

/** Slack says that a channel is shared with another company, or will be, and not with whom. Throws `DeliveryError`. */
export async function outsiders(client: WebClient, channel: string): Promise<readonly Outsider[]> {
  // people and direct messages are checked by the person's own profile
  if (/^[@UWD]/.test(channel)) return []
  const { channel: found } = await withDeliveryErrors(client.conversations.info({ channel }))
  return found?.is_ext_shared || found?.is_pending_ext_shared ? [SOMEBODY] : []
}
