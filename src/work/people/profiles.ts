import type { Actor, ChatAdapter, Profile } from '../../chat/port.ts'
import type { Context } from '../../context.ts'
import { worseStanding } from '../../domain/people/admission.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { DeliveryError } from '../../errors.ts'

type Asking = Pick<Context, 'chats' | 'log' | 'clock'>
type Known = { readonly profile: Profile; readonly at: Instant }

/** Somebody who was deactivated is out within five minutes. */
const FRESH = 4 * 60_000
const MOST_KEPT = 5_000

/** What each platform said of its people last. It lives as long as the adapter does. */
const known = new WeakMap<ChatAdapter, Map<string, Known>>()

/**
 * Who somebody is, as the platform said within the last minutes. Undefined when it cannot be asked now. Who acted for
 * another company a moment ago still does, though what comes in next may not say so.
 */
export async function profileOrNone(
  { chats, log, clock }: Asking,
  { platform, userId, email, standing: given }: Actor,
): Promise<Profile | undefined> {
  if (email !== undefined) return { email, standing: 'member' }
  const chat = chats.get(platform)
  if (chat === undefined) return {}
  const now = clock()
  const kept = keptOf(chat)
  const before = freshProfileOrNone({ chats, clock }, { platform, userId })
  if (before !== undefined && (given === undefined || given === before.standing)) return before
  try {
    const asked = await chat.profile(userId)
    const standing = worseStanding(given, asked.standing)
    const profile = { ...asked, ...(standing && { standing }) }
    // what it could not tell it may tell in a moment
    if (profile.standing === undefined) return profile
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(userId, { profile, at: now })
    return profile
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error
    log.warn({ platform, reason: error.message }, 'could not look up a user')
    return undefined
  }
}

/** What the platform said of somebody within the last minutes, if it did: nobody is asked. */
export function freshProfileOrNone(
  { chats, clock }: Pick<Asking, 'chats' | 'clock'>,
  { platform, userId }: Pick<Actor, 'platform' | 'userId'>,
): Profile | undefined {
  const chat = chats.get(platform)
  const before = chat && keptOf(chat).get(userId)
  const now = clock()
  return before !== undefined && before.at <= now && now - before.at < FRESH ? before.profile : undefined
}

function keptOf(chat: ChatAdapter): Map<string, Known> {
  const kept = known.get(chat) ?? new Map<string, Known>()
  known.set(chat, kept)
  return kept
}
