import { setTimeout as rest } from 'node:timers/promises'
import type { ChatAdapter, MessageRef } from '../chat/port.ts'
import type { Context as WholeContext } from '../context.ts'
import { destinationName } from '../domain/delivery/destination.ts'
import { groupedBy } from '../domain/grouped.ts'
import { DeliveryError } from '../errors.ts'
import { pauseDestination } from '../store/delivery/destination-pauses.ts'
import { releaseParked } from '../store/delivery/parked.ts'
import {
  markFailure,
  markSent,
  type PendingMessage,
  pendingMessages,
  reviveStuck,
  takeMessage,
} from '../store/delivery/pending-messages.ts'
import { isBusy, isFull } from '../store/engine/engines.ts'
import { inTransaction } from '../store/engine/transaction.ts'
import type { Card } from '../views/card.ts'
import { redrawn } from '../views/parts/redrawn.ts'
import { handleFailure } from './handle-failure.ts'
import { refuseShared } from './shared-places.ts'

type Context = Pick<WholeContext, 'connection' | 'clock' | 'chats' | 'platforms' | 'log'> &
  Partial<Pick<WholeContext, 'settings'>>

/** How often an outcome is tried to be written, over some twenty seconds and a second's patience each. */
const MOST_WRITES = 20

/** A disk that is full stays so for longer than anybody should wait for it here. */
const MOST_WRITES_WHILE_FULL = 4

/** One message a second for a channel. */
const PACE = 1_000

/** Sends one pending message to each destination that may be written to now; says how many were tried. */
export async function deliverPending(context: Context): Promise<number> {
  const { db } = context.connection
  // This process has nothing under way here: one call ends before the next.
  const stuck = await reviveStuck(db, context.clock())
  if (stuck > 0)
    context.log.warn(
      { messages: stuck },
      'messages were still marked as being sent: it is not known whether they arrived',
    )
  const pending = await pendingMessages(db, [...context.chats.keys()], context.clock())
  const firsts = [...groupedBy(pending, ({ to }) => destinationName(to)).values()].flatMap(queue => queue.slice(0, 1))
  await Promise.all(firsts.map(message => deliver(context, message)))
  return firsts.length
}

/** Marks it as being sent, sends it, and notes what came of it: whatever is killed in between, nothing is lost. */
async function deliver(context: Context, message: PendingMessage): Promise<void> {
  const { connection, clock, chats, log } = context
  const { db } = connection
  const chat = chats.get(message.to.platform)
  const now = clock()
  if (chat === undefined) return
  if (message.posted === undefined && message.expiresAt !== undefined && message.expiresAt <= now) {
    return markFailure(db, message, { state: 'dead', fault: 'It was too late to be useful.' })
  }
  if (!(await takeMessage(db, message, now))) return
  const drawn = { ...message, card: redrawn(message.card, now) }
  const posted = await send(context, chat, drawn).catch(asFault)
  if (posted instanceof DeliveryError) return sendOtherwise(context, chat, drawn, posted)
  await untilWritten(() => noteSent(context, message, posted))
  log.info(namesOf(message), 'message delivered')
}

/** How the log names a message. */
function namesOf({ subject: { of, id }, purpose, to: { platform } }: PendingMessage) {
  return { subject: of, id, purpose, platform }
}

/** A card that is refused goes out once as text alone; refused for itself again, it is given up. */
async function sendOtherwise(context: Context, chat: ChatAdapter, message: PendingMessage, first: DeliveryError) {
  context.log.warn({ ...namesOf(message), fault: first.fault, reason: first.message }, 'message not delivered')
  const mayBePlain = first.fault === 'payload' && message.posted === undefined
  const posted = mayBePlain ? await postPlain(chat, message).catch(asFault) : first
  if (!(posted instanceof DeliveryError)) return untilWritten(() => noteSent(context, message, posted))
  // The card's own fault says more than that of its text.
  const fault = posted.fault === 'payload' ? first : posted
  await untilWritten(() => handleFailure(context, message, fault))
}

/** It stands there: that, the pace of its channel, and that the way there is open, in one stroke. */
function noteSent({ connection, clock }: Context, message: PendingMessage, posted: MessageRef): Promise<void> {
  return inTransaction(connection.db, async db => {
    await markSent(db, message, posted, clock())
    await pauseDestination(db, message.to, clock() + PACE)
    if (message.posted === undefined) await releaseParked(db, message.to, clock())
  })
}

/** What a platform answered is not forgotten because another process held the database just then, or its disk was full. */
async function untilWritten(write: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await write()
    } catch (error) {
      if (tries >= mostWrites(error)) throw error
      await rest(tries * 100)
    }
  }
}

function mostWrites(error: unknown): number {
  if (isBusy(error)) return MOST_WRITES
  return isFull(error) ? MOST_WRITES_WHILE_FULL : 0
}

function asFault(error: unknown): DeliveryError {
  return error instanceof DeliveryError ? error : new DeliveryError('unknown', String(error))
}

async function send(context: Context, chat: ChatAdapter, message: PendingMessage) {
  const { to, card, posted, thread, mayBeRepeat } = message
  await refuseShared(context, message.to)
  if (posted === undefined) {
    return chat.post(to, mayBeRepeat ? markedAsRepeat(card) : card, thread === undefined ? {} : { thread })
  }
  await chat.update(posted, card)
  return posted
}

function postPlain(chat: ChatAdapter, { to, card, thread, mayBeRepeat }: PendingMessage) {
  const options = { plain: true, ...(thread !== undefined && { thread }) }
  return chat.post(to, mayBeRepeat ? markedAsRepeat(card) : card, options)
}

function markedAsRepeat(card: Card): Card {
  const note = 'The reply to this message got lost, so it may appear here twice.'
  return { ...card, parts: [...card.parts, { kind: 'text', quiet: true, text: note }] }
}
