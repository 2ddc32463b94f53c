import type { types } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import type { MessageRef } from '../../../src/chat/port.ts'
import type { Card } from '../../../src/views/card.ts'
import { renderCard, renderCardAsHome } from '../render/render-card.ts'
import { renderPlain } from '../render/render-plain.ts'
import { asDeliveryError } from './errors.ts'

/** Keeps Slack from reading names, links and previews into what we send. */
export const INERT = { parse: 'none', link_names: false, unfurl_links: false, unfurl_media: false } as const

type PostOptions = { readonly thread?: string; readonly plain?: boolean }

/** Posts once to a channel or a user, by their id. Throws `DeliveryError`. */
export async function postCard(
  client: WebClient,
  channel: string,
  card: Card,
  options: PostOptions = {},
): Promise<MessageRef> {
  const thread = options.thread === undefined ? {} : { thread_ts: options.thread }
  const content = options.plain ? { text: renderPlain(card) } : renderCard(card)
  const posted = await withDeliveryErrors(client.chat.postMessage({ channel, ...content, ...thread, ...INERT }))
  return { channel: posted.channel ?? channel, id: posted.ts ?? '' }
}

/** Shows a card to one person in a channel, and to nobody else. Throws `DeliveryError`. */
export async function whisperCard(
  client: WebClient,
  to: { readonly channel: string; readonly user: string; readonly thread: string | undefined },
  card: Card,
): Promise<void> {
  const thread = to.thread === undefined ? {} : { thread_ts: to.thread }
  await withDeliveryErrors(
    client.chat.postEphemeral({
      channel: to.channel,
      user: to.user,
      ...renderCard(card),
      ...thread,
      parse: 'none',
      link_names: false,
    }),
  )
}

export async function updateCard(client: WebClient, message: MessageRef, card: Card): Promise<void> {
  const quiet = { parse: 'none', link_names: false } as const
  await withDeliveryErrors(
    client.chat.update({ channel: message.channel, ts: message.id, ...renderCard(card), ...quiet }),
  )
}

/** `views.*` want their view without undefined fields, which the SDK's types already say. */
export async function openView(client: WebClient, trigger: string, view: types.ModalView): Promise<void> {
  await withDeliveryErrors(client.views.open({ trigger_id: trigger, view }))
}

export async function pushView(client: WebClient, trigger: string, view: types.ModalView): Promise<void> {
  await withDeliveryErrors(client.views.push({ trigger_id: trigger, view }))
}

export async function updateView(client: WebClient, viewId: string, view: types.ModalView): Promise<void> {
  await withDeliveryErrors(client.views.update({ view_id: viewId, view }))
}

/** Shows a card as somebody's App Home. Throws `DeliveryError`. */
export async function publishHome(client: WebClient, user: string, card: Card): Promise<void> {
  await withDeliveryErrors(client.views.publish({ user_id: user, view: renderCardAsHome(card) }))
}

export async function withDeliveryErrors<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw asDeliveryError(error)
  }
}
