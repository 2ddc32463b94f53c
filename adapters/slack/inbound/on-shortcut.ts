import type { AllMiddlewareArgs, MessageShortcut, SlackShortcutMiddlewareArgs } from '@slack/bolt'
import type { Shortcut } from '../../../src/chat/port.ts'
import { acknowledged, deliveryOf } from '../bolt/acknowledged.ts'
import { respondAt } from '../bolt/respond.ts'
import { answer } from './answer.ts'
import { asTyped } from './as-typed.ts'
import type { Desk } from './desk.ts'

/** An entry of a message's menu was chosen. The payload holds all there is to know: no history is read. */
export async function onShortcut(
  { client, door, log, actor }: Desk,
  { ack, shortcut, context }: SlackShortcutMiddlewareArgs<MessageShortcut> & AllMiddlewareArgs,
): Promise<void> {
  const { user, channel, message, message_ts: ts, trigger_id: trigger } = shortcut
  const link = linkTo(shortcut)
  const chosen: Shortcut = {
    actor: actor(user.id, user.team_id),
    name: shortcut.callback_id,
    text: asTyped(message.text ?? ''),
    ...(message.user === undefined ? {} : { writer: message.user }),
    writtenAt: Math.floor(Number(ts) * 1_000),
    message: { channel: channel.id, id: ts },
    ...(link === undefined ? {} : { link }),
    canOpenForm: true,
    deliveryId: deliveryOf(trigger, context),
  }
  const reply = await acknowledged(ack, acknowledge => door.shortcut(chosen, acknowledge))
  await answer(reply, {
    client,
    log,
    user: user.id,
    channel: channel.id,
    respond: respondAt(shortcut.response_url),
    trigger,
  })
}

/** As `chat.getPermalink` writes it, which would be one more call within the three seconds of a form. */
function linkTo({ team, channel, message_ts: ts, message }: MessageShortcut): string | undefined {
  const domain = team?.domain
  if (domain === undefined || !/^[a-z0-9-]+$/i.test(domain)) return undefined
  const root: unknown = message.thread_ts
  const thread = typeof root === 'string' && root !== ts ? `?thread_ts=${root}&cid=${channel.id}` : ''
  return `https://${domain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}${thread}`
}
