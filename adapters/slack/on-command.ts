import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt'
import { answer } from './answer.ts'
import { asTyped } from './as-typed.ts'
import type { Desk } from './desk.ts'

/** `/health acme`. Every command of the app comes here, so that none is met with Slack's own error. */
export async function onCommand(
  { client, door, log }: Desk,
  { ack, command, respond }: SlackCommandMiddlewareArgs & AllMiddlewareArgs,
): Promise<void> {
  await ack()
  const { user_id: user, channel_id: channel, trigger_id: trigger } = command
  const reply = await door.ask({
    actor: { platform: 'slack', userId: user },
    text: asTyped(command.text ?? ''),
    channel,
    isPrivate: true,
    canOpenForm: true,
    deliveryId: trigger,
  })
  await answer(reply, { client, log, user, channel, respond, trigger })
}
