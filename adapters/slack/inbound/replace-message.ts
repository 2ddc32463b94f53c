import type { WebClient } from '@slack/web-api'
import type { Card } from '../../../src/views/card.ts'
import { faultOf } from '../outbound/errors.ts'
import { INERT, postCard, publishHome, updateCard } from '../outbound/messages.ts'
import { renderCard } from '../render/render-card.ts'
import type { Desk } from './desk.ts'
import type { FormOrigin } from './form-origin.ts'

/**
 * Shows a card in the place of the message that a form was opened from: by its id, or by the address that Slack gave
 * with the press. Where that is closed or gone by now, the person gets the card as a message. Never throws.
 */
export async function replaceMessage(
  { client, log }: Pick<Desk, 'client' | 'log'>,
  from: FormOrigin,
  card: Card,
  user: string,
): Promise<void> {
  try {
    await replace(client, from, card, user)
  } catch (error) {
    log.warn({ ...faultOf(error), channel: from.channel }, 'slack message not replaced')
    await postCard(client, user, card).catch(error => log.error(faultOf(error), 'slack answer lost'))
  }
}

async function replace(client: WebClient, { channel, id, url, isHome }: FormOrigin, card: Card, user: string) {
  if (isHome) return publishHome(client, user, card)
  if (id !== undefined) return updateCard(client, { channel, id }, card)
  if (url === undefined) throw new Error('the message has no address')
  const body = JSON.stringify({ ...renderCard(card), replace_original: true, ...INERT })
  const answered = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  if (!answered.ok) throw new Error(`Slack answered ${answered.status}`)
}
