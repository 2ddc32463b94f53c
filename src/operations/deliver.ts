import type { ChatAdapter } from '../chat.ts'
import type { Context as WholeContext } from '../context.ts'
import { groupedBy } from '../domain/grouped.ts'
import type { Instant } from '../domain/instant.ts'
import { DeliveryError } from '../errors.ts'
import {
  keepAsShown,
  markSent,
  markSetback,
  type OwedMessage,
  owedMessages,
  pauseDestination,
  takeMessage,
} from '../store/outbox.ts'
import type { Card } from '../views/card.ts'

type Context = Pick<WholeContext, 'connection' | 'clock' | 'chats' | 'log'>

const MOST_TRIES = 8

/** One message a second for a channel. */
const PACE = 1_000

/** Sends one owed message to each destination that may be written to now; says how many were tried. */
export async function deliverOwed(context: Context): Promise<number> {
  const owed = await owedMessages(context.connection.db, context.clock())
  const reachable = owed.filter(({ platform }) => context.chats.has(platform))
  const firsts = [...groupedBy(reachable, ({ platform, to }) => `${platform}:${to}`).values()].flatMap(queue =>
    queue.slice(0, 1),
  )
  await Promise.all(firsts.map(message => deliver(context, message)))
  return firsts.length
}

/** Marks it as being sent, sends it, and notes what came of it: whatever is killed in between, nothing is lost. */
async function deliver(context: Context, message: OwedMessage): Promise<void> {
  const { connection, clock, chats, log } = context
  const { db } = connection
  const chat = chats.get(message.platform)
  const now = clock()
  if (chat === undefined) return
  if (message.posted === undefined && message.expiresAt !== undefined && message.expiresAt <= now) {
    return markSetback(db, message, { state: 'dead', fault: 'It came too late to be of use.' })
  }
  if (!(await takeMessage(db, message, now))) return
  try {
    const posted = await send(chat, message)
    await markSent(db, message, posted, clock())
    await pauseDestination(db, message, now + PACE)
    log.info({ key: message.key, platform: message.platform }, 'message delivered')
  } catch (error) {
    const fault = error instanceof DeliveryError ? error : new DeliveryError('unknown', String(error))
    log.warn({ key: message.key, fault: fault.fault, reason: fault.message }, 'message not delivered')
    await setBack(context, chat, message, fault, clock())
  }
}

async function send(chat: ChatAdapter, { to, card, posted, thread, mayBeRepeat }: OwedMessage) {
  if (posted === undefined) {
    return chat.post(to, mayBeRepeat ? markedAsRepeat(card) : card, thread === undefined ? {} : { thread })
  }
  await chat.update(posted, card)
  return posted
}

/** What a failure means for a message: wait, try once as plain text, park it until somebody acts, or give up. */
async function setBack(
  { connection: { db } }: Context,
  chat: ChatAdapter,
  message: OwedMessage,
  { fault, message: reason, retryAfter }: DeliveryError,
  now: Instant,
): Promise<void> {
  const wait = retryAfter ?? Math.min(60_000, 1_000 * 2 ** message.tries)
  const isUpdate = message.posted !== undefined
  if (isUpdate && (fault === 'payload' || fault === 'destination')) return keepAsShown(db, message, reason)
  if (message.tries + 1 >= MOST_TRIES) return markSetback(db, message, { state: 'dead', fault: reason })
  switch (fault) {
    case 'busy':
      await pauseDestination(db, message, now + wait)
      return markSetback(db, message, { state: isUpdate ? 'sent' : 'pending', notBefore: now + wait, fault: reason })
    case 'unknown':
      return markSetback(db, message, { state: isUpdate ? 'sent' : 'unknown', notBefore: now + wait, fault: reason })
    case 'payload':
      return postPlain(db, chat, message, reason, now)
    case 'destination':
      return markSetback(db, message, { state: 'parked', fault: reason })
    case 'platform':
      await pauseDestination(db, message, now + 60_000)
      return markSetback(db, message, { state: isUpdate ? 'sent' : 'pending', notBefore: now + 60_000, fault: reason })
  }
}

async function postPlain(
  db: Context['connection']['db'],
  chat: ChatAdapter,
  message: OwedMessage,
  reason: string,
  now: Instant,
): Promise<void> {
  try {
    const options = { plain: true, ...(message.thread !== undefined && { thread: message.thread }) }
    await markSent(db, message, await chat.post(message.to, message.card, options), now)
  } catch {
    await markSetback(db, message, { state: 'dead', fault: reason })
  }
}

function markedAsRepeat(card: Card): Card {
  const note = 'The answer to this message got lost, so it may stand here twice.'
  return { ...card, parts: [...card.parts, { kind: 'text', quiet: true, text: note }] }
}
