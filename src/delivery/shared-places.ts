import type { Outsider } from '../chat/port.ts'
import type { Context as WholeContext } from '../context.ts'
import { SHARED } from '../domain/admin/shared-place.ts'
import type { Destination } from '../domain/delivery/destination.ts'
import { foldEmail } from '../domain/people/person.ts'
import { DeliveryError } from '../errors.ts'
import { type Place, recentlyShared, saveShared } from '../store/destinations/shared-places.ts'
import { findPersonOrNone, personOfUserOrNone } from '../store/people/people.ts'

type Context = Pick<WholeContext, 'connection' | 'clock' | 'chats'>

/** How long a platform's answer about a channel is trusted. */
const FRESH = 60_000

/**
 * Whether outsiders read along in a channel; somebody in the people file is not an outsider.
 * Throws `DeliveryError` when the platform cannot be asked.
 */
async function isShared(context: Context, place: Place): Promise<boolean> {
  const { connection, clock } = context
  const now = clock()
  return (await recentlyShared(connection.db, place, now - FRESH, now)) ?? lookWhetherShared(context, place)
}

/** The same, but always asks the platform. */
export async function lookWhetherShared({ connection: { db }, clock, chats }: Context, place: Place): Promise<boolean> {
  const others = (await chats.get(place.platform)?.outsiders(place.channel)) ?? []
  let isShared = false
  for (const other of others) isShared ||= !(await isNamed({ db, platform: place.platform }, other))
  await saveShared(db, place, isShared, clock())
  return isShared
}

/** The same for an answer: in doubt, outsiders may be reading along. */
export async function mayBeShared(context: Context & Pick<WholeContext, 'log'>, place: Place): Promise<boolean> {
  try {
    return await isShared(context, place)
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error
    context.log.warn({ ...place, reason: error.message }, 'could not check who can read a channel')
    return true
  }
}

/** Throws `DeliveryError` unless a message may go there, before anything is sent. */
export async function refuseShared(context: Context, { platform, channel }: Destination): Promise<void> {
  if (channel === undefined) return
  if (await isShared(context, { platform, channel }).catch(asNotSent)) throw new DeliveryError('destination', SHARED)
}

function asNotSent(error: unknown): never {
  if (!(error instanceof DeliveryError) || error.fault !== 'unknown') throw error
  throw new DeliveryError('busy', error.message, error.retryAfter)
}

async function isNamed(
  { db, platform }: { db: Context['connection']['db']; platform: string },
  { userId, email }: Outsider,
): Promise<boolean> {
  if (userId !== undefined && (await personOfUserOrNone(db, { platform, userId })) !== undefined) return true
  return email !== undefined && (await findPersonOrNone(db, foldEmail(email))) !== undefined
}
