import type { WebClient } from '@slack/web-api'
import type { MessageRef, Unfurl } from '../../../src/chat/port.ts'
import { renderCard } from '../render/render-card.ts'
import { withDeliveryErrors } from './messages.ts'

/** Shows cards beside the links of a message; once more for the same message, in their place. Throws `DeliveryError`. */
export async function showUnfurls(
  client: WebClient,
  { channel, id }: MessageRef,
  unfurls: readonly Unfurl[],
): Promise<void> {
  const cards = unfurls.map(({ link, card }) => [link, { blocks: renderCard(card).blocks }] as const)
  await withDeliveryErrors(client.chat.unfurl({ channel, ts: id, unfurls: Object.fromEntries(cards) }))
}
