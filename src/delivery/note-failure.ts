import type { Context as WholeContext } from '../context.ts'
import { HOUR } from '../domain/time/instant.ts'
import type { DeliveryError } from '../errors.ts'
import { keepAsShown, markFailure } from '../store/delivery/message-outcomes.ts'
import type { PendingMessage } from '../store/delivery/pending-messages.ts'
import { pauseDestination, pausePlatform } from '../store/destinations/destination-pauses.ts'
import type { Db } from '../store/tables.ts'
import { notifyAdmins } from './notify-admins.ts'

type Context = Pick<WholeContext, 'clock' | 'chats' | 'platforms'> & Partial<Pick<WholeContext, 'settings'>>

const MOST_TRIES = 8

/** Waits between the tries: quick at first, then over an hour of somebody else's bad day, in milliseconds. */
const WAITS = [1, 2, 8, 30, 120, 600, 3_600].map(seconds => seconds * 1_000)

/** How long a platform that lets nothing through is left alone. */
const PLATFORM_PAUSE = 60_000

/** The least wait where a platform asks for one, and the longest: what it asks beyond that is looked at again. */
const [PACE, LONGEST_WAIT] = [1_000, HOUR]

/** What a failure means for a message: wait, park it until somebody acts, or give up; part of one transaction. */
export async function noteFailure(
  db: Db,
  context: Context,
  message: PendingMessage,
  { fault, message: reason, retryAfter }: DeliveryError,
): Promise<void> {
  const now = context.clock()
  const isUpdate = message.posted !== undefined
  // What may stand there already keeps being marked so.
  const state = isUpdate ? 'sent' : message.mayBeRepeat ? 'unknown' : 'pending'
  if (isUpdate && (fault === 'payload' || fault === 'destination')) return keepAsShown(db, message, reason)
  // Neither a rate limit nor a locked door says anything about this message: they use up none of its tries.
  if (fault === 'platform') {
    await pausePlatform(db, message.to, now + PLATFORM_PAUSE)
    await notifyAdmins(db, context, message, { fault, reason }, now)
    return markFailure(db, message, { state, notBefore: now, fault: reason, tries: message.tries })
  }
  if (fault === 'busy' && retryAfter !== undefined) {
    const notBefore = now + Math.min(LONGEST_WAIT, Math.max(PACE, retryAfter))
    await pauseDestination(db, message.to, notBefore)
    return markFailure(db, message, { state, notBefore, fault: reason, tries: message.tries })
  }
  // What nobody but a person can fix is told to the admins.
  if (fault === 'destination' || fault === 'payload') {
    await notifyAdmins(db, context, message, { fault, reason }, now)
    return markFailure(db, message, { state: fault === 'payload' ? 'dead' : 'parked', fault: reason })
  }
  if (message.tries + 1 >= MOST_TRIES) {
    if (isUpdate) return keepAsShown(db, message, reason)
    await notifyAdmins(db, context, message, { fault: 'exhausted', reason }, now)
    return markFailure(db, message, { state: 'dead', fault: reason })
  }
  const notBefore = now + (WAITS[message.tries] ?? 0)
  if (fault === 'busy') await pauseDestination(db, message.to, notBefore)
  const next = fault === 'busy' || isUpdate ? state : 'unknown'
  return markFailure(db, message, { state: next, notBefore, fault: reason })
}
