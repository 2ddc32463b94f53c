import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt'
import type { Acknowledge, Reply, Request } from '../../../src/chat/port.ts'
import { acknowledged, deliveryOf } from '../bolt/acknowledged.ts'
import { respondAt } from '../bolt/respond.ts'
import { asDeliveryError, faultOf } from '../outbound/errors.ts'
import { postCard } from '../outbound/messages.ts'
import { splitCard } from '../render/split-card.ts'
import { answer } from './answer.ts'
import { asTyped, withoutMention } from './as-typed.ts'
import type { Desk } from './desk.ts'

/** What we read of `app_mention` and `message`. */
export type Words = {
  readonly user?: string
  readonly text?: string
  readonly channel: string
  readonly ts: string
  readonly thread_ts?: string
  readonly channel_type?: string
  readonly subtype?: string
  readonly bot_id?: string
  readonly files?: readonly { readonly id: string; readonly name?: string | null }[]
  /** Where the writer belongs. */
  readonly user_team?: string
  readonly source_team?: string
  readonly team?: string
}

const LONGEST_PAUSE = 5_000

export type Delivery = {
  readonly id: string
  readonly botUserId: string | undefined
  /** Whether the channel is shared with another company. */
  readonly isShared: boolean
  readonly acknowledge: Acknowledge
}

/** `/health acme`. Every command of the app comes here, so that none gets Slack's own error. */
export async function onCommand(
  { client, door, log, actor }: Desk,
  { ack, command, context }: SlackCommandMiddlewareArgs & AllMiddlewareArgs,
): Promise<void> {
  const { user_id: user, channel_id: channel, trigger_id: trigger, response_url } = command
  const request: Request = {
    actor: actor(user, command.team_id),
    text: asTyped(command.text ?? ''),
    channel,
    isPrivate: true,
    canOpenForm: true,
    deliveryId: deliveryOf(trigger, context),
  }
  const reply = await acknowledged(ack, acknowledge => door.ask(request, acknowledge))
  await answer(reply, { client, log, user, channel, respond: respondAt(response_url), trigger })
}

/** `@Rounds acme`: the answer is posted in the thread, where everybody sees it, unless it is for the caller alone. */
export async function onMention(desk: Desk, words: Words, delivery: Delivery): Promise<void> {
  if (words.bot_id !== undefined || words.user === undefined) return
  const reply = await ask(desk, words, delivery, false)
  if (reply.kind === 'card' && reply.audience === 'caller') {
    const { user, channel, thread_ts: thread } = words
    return answer(reply, { client: desk.client, log: desk.log, user, channel, thread })
  }
  await post(desk, words.channel, words.thread_ts ?? words.ts, reply)
}

/** A direct message, with or without a file. Edits, joins and the bot's own words are messages too: they have another subtype or a bot. */
export async function onDirectMessage(desk: Desk, words: Words, delivery: Delivery): Promise<void> {
  if (words.channel_type !== 'im' || (words.subtype !== undefined && words.subtype !== 'file_share')) return
  if (words.bot_id !== undefined || words.user === undefined || words.user === delivery.botUserId) return
  const reply = await ask(desk, words, delivery, true)
  await post(desk, words.channel, words.thread_ts, reply)
}

function ask(desk: Desk, words: Words, delivery: Delivery, isPrivate: boolean): Promise<Reply> {
  const request: Request = {
    actor: desk.actor(words.user ?? '', words.user_team, words.source_team, words.team),
    text: asTyped(withoutMention(words.text ?? '', delivery.botUserId)),
    channel: words.channel,
    isPrivate,
    ...(delivery.isShared && { isShared: true }),
    canOpenForm: false,
    ...(words.files !== undefined && { files: words.files.map(({ id, name }) => ({ id, name: name ?? 'file' })) }),
    deliveryId: delivery.id,
  }
  return desk.door.ask(request, delivery.acknowledge)
}

/** What follows the first piece goes into a thread: the one the question was in, else the answer's own. */
async function post({ client, log }: Desk, channel: string, asked: string | undefined, reply: Reply): Promise<void> {
  if (reply.kind === 'form') log.error({ form: reply.form.id }, 'slack form where none can be opened')
  if (reply.kind !== 'card') return
  let thread = asked
  try {
    for (const piece of splitCard(reply.card)) {
      const posted = await postPatiently(() => postCard(client, channel, piece, thread === undefined ? {} : { thread }))
      thread ??= posted.id
    }
  } catch (error) {
    log.error({ ...faultOf(error), channel }, 'slack answer lost')
  }
}

/** Slack takes about one message a second for a channel. Somebody is waiting, so this waits for a short pause, once. */
async function postPatiently<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send()
  } catch (error) {
    const { fault, retryAfter } = asDeliveryError(error)
    if (fault !== 'busy' || retryAfter === undefined || retryAfter > LONGEST_PAUSE) throw error
    await new Promise(resolve => setTimeout(resolve, retryAfter))
    return send()
  }
}
