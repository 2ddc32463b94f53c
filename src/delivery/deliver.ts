import { setTimeout as sleep } from 'node:timers/promises'
import type { ChatAdapter, MessageRef } from '../chat/port.ts'
import type { Context as WholeContext } from '../context.ts'
import { destinationName } from '../domain/delivery/destination.ts'
import { groupedBy } from '../domain/grouped.ts'
import type { Instant } from '../domain/time/instant.ts'
import { DeliveryError } from '../errors.ts'
import { type Claim, isTakenOver, releaseClaim, underClaim } from '../store/claims/claims.ts'
import { renewing } from '../store/claims/renewing.ts'
import { reviveAbandoned } from '../store/delivery/abandoned-messages.ts'
import { markFailure, markSent } from '../store/delivery/message-outcomes.ts'
import { releaseParked } from '../store/delivery/parked.ts'
import { type PendingMessage, pendingMessages, takeMessage } from '../store/delivery/pending-messages.ts'
import { pauseDestination } from '../store/destinations/destination-pauses.ts'
import { isBusy, isFull } from '../store/engine/engines.ts'
import type { Db } from '../store/tables.ts'
import type { Card } from '../views/card.ts'
import { redrawn } from '../views/parts/redrawn.ts'
import { noteFailure } from './note-failure.ts'
import { refuseShared } from './shared-places.ts'

type Context = Pick<WholeContext, 'connection' | 'clock' | 'chats' | 'platforms' | 'log'> &
  Partial<Pick<WholeContext, 'settings'>>

/** How often to try to write an outcome: over some twenty seconds, waiting up to a second each time. */
const MOST_WRITES = 20

/** A full disk stays full for longer than is worth waiting here. */
const MOST_WRITES_WHILE_FULL = 4

/** One message a second for a channel. */
const PACE = 1_000

/**
 * Sends one pending message to each destination that may be written to now; returns how many were tried. `holder` is this
 * process: while it writes to a channel, no other does.
 */
export async function deliverPending(context: Context, holder: string): Promise<number> {
  const { db } = context.connection
  const abandoned = await reviveAbandoned(db, holder)
  if (abandoned > 0)
    context.log.warn(
      { messages: abandoned },
      'messages were still marked as being sent: it is not known whether they arrived',
    )
  const pending = await pendingMessages(db, [...context.chats.keys()], context.clock())
  const firsts = [...groupedBy(pending, ({ to }) => destinationName(to)).values()].flatMap(queue => queue.slice(0, 1))
  await Promise.all(firsts.map(message => deliver(context, holder, message)))
  return firsts.length
}

/** Marks a message as being sent, sends it, and records the outcome: whenever the process is killed, nothing is lost. */
async function deliver(context: Context, holder: string, message: PendingMessage): Promise<void> {
  const { connection, clock, chats, log } = context
  const { db } = connection
  const chat = chats.get(message.to.platform)
  const now = clock()
  if (chat === undefined) return
  const claim = await takeMessage(db, message, holder, now)
  if (claim === undefined) return
  try {
    await renewing(db, claim, () => sendUnder(context, claim, chat, message, now))
  } catch (error) {
    if (!isTakenOver(error)) throw error
    log.warn(namesOf(message), 'another process took over the channel, and may have sent the message once more')
  }
}

async function sendUnder(
  context: Context,
  claim: Claim,
  chat: ChatAdapter,
  message: PendingMessage,
  now: Instant,
): Promise<void> {
  const end = (write: (db: Db) => Promise<void>) => untilWritten(() => endWith(context.connection.db, claim, write))
  if (message.posted === undefined && message.expiresAt !== undefined && message.expiresAt <= now) {
    return end(db => markFailure(db, message, { state: 'dead', fault: 'It was too late to be useful.' }))
  }
  const drawn = { ...message, card: redrawn(message.card, now) }
  const posted = await send(context, chat, drawn).catch(error => sendOtherwise(context, chat, drawn, asFault(error)))
  if (posted instanceof DeliveryError) return end(db => noteFailure(db, context, drawn, posted))
  await end(db => noteSent(db, context, message, posted))
  context.log.info(namesOf(message), 'message delivered')
}

/** Writes the outcome and ends the claim, in one transaction. */
function endWith(db: Db, claim: Claim, write: (db: Db) => Promise<void>): Promise<void> {
  return underClaim(db, claim, async db => {
    await write(db)
    await releaseClaim(db, claim)
  })
}

/** How the log names a message. */
function namesOf({ subject: { of, id }, purpose, to: { platform } }: PendingMessage) {
  return { subject: of, id, purpose, platform }
}

/** A refused card is sent once more as plain text; if that is refused too, the message is given up. */
async function sendOtherwise(context: Context, chat: ChatAdapter, message: PendingMessage, first: DeliveryError) {
  context.log.warn({ ...namesOf(message), fault: first.fault, reason: first.message }, 'message not delivered')
  if (first.fault !== 'payload' || message.posted !== undefined) return first
  const posted = await postPlain(chat, message).catch(asFault)
  // The fault of the card says more than that of the text.
  return posted instanceof DeliveryError && posted.fault === 'payload' ? first : posted
}

/** Records that a message was sent, paces its channel, and releases what was parked for it. */
async function noteSent(db: Db, { clock }: Context, message: PendingMessage, posted: MessageRef): Promise<void> {
  await markSent(db, message, posted, clock())
  await pauseDestination(db, message.to, clock() + PACE)
  if (message.posted === undefined) await releaseParked(db, message.to, clock())
}

/** A platform's answer must not get lost just because another process holds the database, or its disk is full. */
async function untilWritten(write: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await write()
    } catch (error) {
      if (tries >= mostWrites(error)) throw error
      await sleep(tries * 100)
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
