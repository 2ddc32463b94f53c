import type { Context } from '../../context.ts'
import { DeliveryError } from '../../errors.ts'
import type { Card } from '../../views/card.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import type { Reply, Request } from '../port.ts'

type Asked = Pick<Request, 'actor' | 'isPrivate'>
type CardReply = Extract<Reply, { kind: 'card' }>

/** For the caller alone, though it was asked in a channel; `why` says what kept it from the others. */
export function aside(reply: Reply, why?: string): Reply {
  if (reply.kind !== 'card') return reply
  return { ...reply, audience: 'caller', card: why === undefined ? reply.card : withLine(reply.card, why) }
}

/**
 * If a platform cannot answer a single person in a channel, the answer goes to their direct messages,
 * and the channel gets one line that says so.
 */
export async function sendAside(context: Context, asked: Asked, reply: Reply): Promise<Reply> {
  if (reply.kind !== 'card' || reply.audience === 'channel' || canBeAlone(context, asked)) return reply
  const arrived = await writeDirectly(context, asked.actor, reply.card)
  return forAll(arrived ? noticeCard(reply.card.title, SENT) : noticeCard(reply.card.title, NOT_SENT, HOW))
}

/** The same for an answer with parts that others may not see; `unmasked` makes the whole of it. */
export async function sendMasked(
  context: Context,
  asked: Asked,
  reply: Reply,
  unmasked: () => Promise<Reply>,
): Promise<Reply> {
  if (reply.kind !== 'card' || reply.isMasked !== true || canBeAlone(context, asked)) return reply
  const whole = await unmasked()
  const arrived = whole.kind === 'card' && (await writeDirectly(context, asked.actor, whole.card))
  return arrived ? { ...reply, card: withLine(reply.card, 'I sent you the private part directly.') } : reply
}

/** Whether an answer can be shown to the caller alone. */
export function canBeAlone({ chats }: Context, { actor, isPrivate }: Asked): boolean {
  return isPrivate || (chats.get(actor.platform)?.capabilities.privateReplies ?? true)
}

const SENT = 'That is only for you, so I sent it to you directly.'
const NOT_SENT = 'That is only for you, and I could not message you directly.'
const HOW = 'Open a chat with me and ask there.'

function forAll(card: Card): CardReply {
  return { kind: 'card', card, audience: 'channel' }
}

function withLine(card: Card, text: string): Card {
  return { ...card, parts: [...card.parts, { kind: 'text', text, quiet: true }] }
}

async function writeDirectly(
  { chats, log }: Context,
  { platform, userId }: Asked['actor'],
  card: Card,
): Promise<boolean> {
  const chat = chats.get(platform)
  if (chat === undefined) return false
  try {
    let thread: string | undefined
    for (const piece of chat.split(card)) {
      const posted = await chat.post({ channel: userId }, piece, {
        isAnswer: true,
        ...(thread !== undefined && { thread }),
      })
      thread ??= posted.id
    }
    return true
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error
    log.warn({ platform, reason: error.message }, 'could not write to somebody directly')
    return false
  }
}
