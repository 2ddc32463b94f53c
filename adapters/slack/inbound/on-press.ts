import type { AllMiddlewareArgs, BlockAction, BlockElementAction, SlackActionMiddlewareArgs } from '@slack/bolt'
import type { Press } from '../../../src/chat/port.ts'
import { acknowledged, deliveryOf } from '../bolt/acknowledged.ts'
import { respondAt } from '../bolt/respond.ts'
import { actionOf, chosenFrom, showsOf } from '../render/button.ts'
import { answer } from './answer.ts'
import type { Desk } from './desk.ts'
import type { FormOrigin } from './form-origin.ts'
import { unfoldAgain } from './on-links.ts'

/** A button or an entry of a menu, in a message or in a modal. Everything else that can be touched is just acknowledged. */
export async function onPress(
  desk: Desk,
  { ack, action, body, context }: SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs,
): Promise<void> {
  const { client, door, log, actor } = desk
  const pressed = pressedOf(action)
  if (pressed === undefined) return ack()

  const user = body.user.id
  const channel = body.channel?.id ?? body.container.channel_id ?? ''
  const from = originOf(body, showsOf(action.block_id))
  const press: Press = {
    actor: actor(user, body.user.team_id),
    ...pressed,
    channel,
    ...(from?.id !== undefined && { origin: { channel, id: from.id } }),
    ...(from?.isOwn !== undefined && { isOnOwnMessage: from.isOwn }),
    ...(from?.isHome && { isPrivate: true }),
    ...(from?.shows !== undefined && { shows: from.shows }),
    canOpenForm: true,
    deliveryId: deliveryOf(body.trigger_id, context),
  }
  const reply = await acknowledged(ack, acknowledge => door.press(press, acknowledge))
  // the first message of a thread names itself as the thread; who pressed there does not look into it
  const root = body.message?.thread_ts ?? body.container.thread_ts
  const thread = root === body.container.message_ts ? undefined : root
  const view = from?.isHome ? undefined : body.view?.id
  const respond = respondAt(body.response_url)
  const asked = { client, log, user, channel, thread, respond, trigger: body.trigger_id, view, from }
  await answer(reply, asked)
  const { is_app_unfurl: isUnfurl, app_unfurl_url: link, message_ts: id } = body.container
  if (!isUnfurl || link === undefined || id === undefined) return
  if (reply.kind === 'card' && reply.isResult) {
    await unfoldAgain(desk, { userId: user, channel, id, link }, `${press.deliveryId}:unfurl`)
  }
}

function pressedOf(action: BlockElementAction): { action: string; value: string } | undefined {
  switch (action.type) {
    case 'button':
      // a link opens in the browser; Slack sends the press anyway
      return action.url === undefined ? { action: actionOf(action.action_id), value: action.value ?? '' } : undefined
    case 'overflow':
    case 'static_select':
      return chosenFrom(action.selected_option?.value ?? '')
    default:
      return undefined
  }
}

/** The message that was touched, or the App Home; a modal is neither. */
function originOf(body: BlockAction, shows: string | undefined): FormOrigin | undefined {
  const { container } = body
  const said = shows !== undefined && { shows }
  if (body.view?.type === 'home') return { channel: '', isHome: true, isOwn: true, ...said }
  if (container.type !== 'message') return undefined
  const channel: string = body.channel?.id ?? container.channel_id ?? ''
  const isEphemeral = container.is_ephemeral === true
  return {
    channel,
    ...(!isEphemeral && container.message_ts !== undefined && { id: container.message_ts }),
    ...(body.response_url && { url: body.response_url }),
    ...((isEphemeral || channel.startsWith('D')) && { isOwn: true }),
    ...said,
  }
}
