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

/** Milliseconds between the tries: quick at first, then long enough to get over an outage of an hour. */
const WAITS = [1, 2, 8, 30, 120, 600, 3_600].map(seconds => seconds * 1_000)

/** How long to leave a platform alone that lets nothing through. */
const PLATFORM_PAUSE = 60_000

/** The shortest and the longest wait when a platform asks for one; after the longest it is simply tried again. */
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
  // A message that may have arrived already stays marked as a possible repeat.
  const state = isUpdate ? 'sent' : message.mayBeRepeat ? 'unknown' : 'pending'
  if (isUpdate && (fault === 'payload' || fault === 'destination')) return keepAsShown(db, message, reason)
  // Neither a rate limit nor a locked-out bot says anything about this message: they use up none of its tries.
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
  // Only a person can fix this, so the admins are told.
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
