import type { Card } from '../../../src/views/card.ts'
import { faultOf } from '../outbound/errors.ts'
import { INERT, postCard, publishHome, updateCard } from '../outbound/messages.ts'
import { renderCard } from '../render/render-card.ts'
import type { Desk } from './desk.ts'
import type { FormOrigin } from './form-origin.ts'

/**
 * Shows a card in the place of the message that a form was opened from: by its id, or by the address that Slack gave
 * with the press. Where that is closed by now, the person gets the card as a message. Never throws.
 */
export async function replaceMessage(
  { client, log }: Pick<Desk, 'client' | 'log'>,
  { channel, id, url, isHome }: FormOrigin,
  card: Card,
  user: string,
): Promise<void> {
  try {
    if (isHome) return await publishHome(client, user, card)
    if (id !== undefined) return await updateCard(client, { channel, id }, card)
    const body = JSON.stringify({ ...renderCard(card), replace_original: true, ...INERT })
    const headers = { 'content-type': 'application/json' }
    const answered = url === undefined ? undefined : await fetch(url, { method: 'POST', headers, body })
    if (answered?.ok !== true) await postCard(client, user, card)
  } catch (error) {
    log.warn({ ...faultOf(error), channel }, 'slack message not replaced')
  }
}
