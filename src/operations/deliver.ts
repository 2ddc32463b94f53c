import type { ChatAdapter } from '../chat.ts'
import type { Context as WholeContext } from '../context.ts'
import { groupedBy } from '../domain/grouped.ts'
import type { Instant } from '../domain/instant.ts'
import { DeliveryError } from '../errors.ts'
import { inTransaction } from '../store/database.ts'
import { pauseDestination, pausePlatform } from '../store/destination-pauses.ts'
import {
  keepAsShown,
  markSent,
  markSetback,
  type OwedMessage,
  owedMessages,
  takeMessage,
} from '../store/owed-messages.ts'
import { releaseParked } from '../store/parked.ts'
import type { Card } from '../views/card.ts'
import { tellAdmins } from './tell-admins.ts'

type Context = Pick<WholeContext, 'connection' | 'clock' | 'chats' | 'log'> & Partial<Pick<WholeContext, 'settings'>>

const MOST_TRIES = 8

/** Waits between the tries: quick at first, then over an hour of somebody else's bad day, in milliseconds. */
const WAITS = [1, 2, 8, 30, 120, 600, 3_600].map(seconds => seconds * 1_000)

/** How long a platform that lets nothing through is left alone. */
const PLATFORM_REST = 60_000

/** One message a second for a channel. */
const PACE = 1_000

/** Sends one owed message to each destination that may be written to now; says how many were tried. */
export async function deliverOwed(context: Context): Promise<number> {
  const owed = await owedMessages(context.connection.db, [...context.chats.keys()], context.clock())
  const firsts = [...groupedBy(owed, ({ platform, to }) => `${platform}:${to}`).values()].flatMap(queue =>
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
    await pauseDestination(db, message, clock() + PACE)
    if (message.posted === undefined) await releaseParked(db, message, clock())
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
  context: Context,
  chat: ChatAdapter,
  message: OwedMessage,
  { fault, message: reason, retryAfter }: DeliveryError,
  now: Instant,
): Promise<void> {
  const { db } = context.connection
  const isUpdate = message.posted !== undefined
  // What may stand there already keeps being marked so.
  const state = isUpdate ? 'sent' : message.mayBeRepeat ? 'unknown' : 'pending'
  if (isUpdate && (fault === 'payload' || fault === 'destination')) return keepAsShown(db, message, reason)
  // Neither a rate limit nor a locked door says anything about this message: they use up none of its tries.
  if (fault === 'platform') {
    await pausePlatform(db, message, now + PLATFORM_REST)
    await tellAdmins(db, context, message, { fault, reason }, now)
    return markSetback(db, message, { state, notBefore: now, fault: reason, tries: message.tries })
  }
  if (fault === 'busy' && retryAfter !== undefined) {
    const notBefore = now + Math.max(PACE, retryAfter)
    await pauseDestination(db, message, notBefore)
    return markSetback(db, message, { state, notBefore, fault: reason, tries: message.tries })
  }
  if (message.tries + 1 >= MOST_TRIES) {
    return isUpdate ? keepAsShown(db, message, reason) : markSetback(db, message, { state: 'dead', fault: reason })
  }
  const notBefore = now + (WAITS[message.tries] ?? 0)
  switch (fault) {
    case 'busy':
      await pauseDestination(db, message, notBefore)
      return markSetback(db, message, { state, notBefore, fault: reason })
    case 'unknown':
      return markSetback(db, message, { state: isUpdate ? 'sent' : 'unknown', notBefore, fault: reason })
    case 'payload':
      return postPlain(context, chat, message, reason)
    case 'destination':
      return giveUp(context, message, 'parked', { fault, reason })
  }
}

/** A card that is refused goes out once as text alone. Refused for itself again, it is given up; else it waits as ever. */
async function postPlain(context: Context, chat: ChatAdapter, message: OwedMessage, reason: string): Promise<void> {
  const { connection, clock } = context
  try {
    const options = { plain: true, ...(message.thread !== undefined && { thread: message.thread }) }
    const posted = await chat.post(
      message.to,
      message.mayBeRepeat ? markedAsRepeat(message.card) : message.card,
      options,
    )
    await markSent(connection.db, message, posted, clock())
    await pauseDestination(connection.db, message, clock() + PACE)
  } catch (error) {
    const fault = error instanceof DeliveryError ? error : new DeliveryError('unknown', String(error))
    if (fault.fault !== 'payload') return setBack(context, chat, message, fault, clock())
    await giveUp(context, message, 'dead', { fault: 'payload', reason })
  }
}

/** What nobody but a person can mend is told to the admins, in the same stroke. */
function giveUp(
  context: Context,
  message: OwedMessage,
  state: 'parked' | 'dead',
  trouble: Parameters<typeof tellAdmins>[3],
): Promise<void> {
  return inTransaction(context.connection.db, async db => {
    await markSetback(db, message, { state, fault: trouble.reason })
    await tellAdmins(db, context, message, trouble, context.clock())
  })
}

function markedAsRepeat(card: Card): Card {
  const note = 'The answer to this message got lost, so it may stand here twice.'
  return { ...card, parts: [...card.parts, { kind: 'text', quiet: true, text: note }] }
}
