import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt'
import type { Press } from '../../../src/chat/port.ts'
import { acknowledged, deliveryOf } from '../bolt/acknowledged.ts'
import { actionOf } from '../render/button.ts'
import { answer } from './answer.ts'
import type { Desk } from './desk.ts'

/** A button, in a message or in a modal. Everything else that can be touched is just acknowledged. */
export async function onPress(
  { client, door, log, actor }: Desk,
  { ack, action, body, respond, context }: SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs,
): Promise<void> {
  // a link opens in the browser; Slack tells us all the same
  if (action.type !== 'button' || action.url !== undefined) return ack()

  const user = body.user.id
  const channel = body.channel?.id ?? body.container.channel_id ?? ''
  const press: Press = {
    actor: actor(user, body.user.team_id),
    action: actionOf(action.action_id),
    value: action.value ?? '',
    channel,
    canOpenForm: true,
    deliveryId: deliveryOf(body.trigger_id, context),
  }
  const reply = await acknowledged(ack, acknowledge => door.press(press, acknowledge))
  // the first message of a thread names itself as the thread; who pressed there does not look into it
  const root = body.message?.thread_ts ?? body.container.thread_ts
  const thread = root === body.container.message_ts ? undefined : root
  await answer(reply, { client, log, user, channel, thread, respond, trigger: body.trigger_id, view: body.view?.id })
}
