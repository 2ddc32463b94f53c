import type { Context } from '../../context.ts'
import { type Duration, HOUR, type Instant } from '../../domain/time/instant.ts'
import { DeliveryError } from '../../errors.ts'
import { knownPersonOrNone } from '../../store/people/leavers.ts'
import type { PlatformUser } from '../../store/people/platform-users.ts'
import { presenceOrNone, savePresence } from '../../store/people/presences.ts'

/** Asks the platforms whether people are still there, about each user at most once an hour, or as often as said. */
export async function askPresences(
  context: Context,
  emails: readonly string[],
  now: Instant,
  every: Duration = HOUR,
): Promise<void> {
  const { db } = context.connection
  for (const email of emails) {
    const { userIds = {} } = (await knownPersonOrNone(db, email)) ?? {}
    for (const [platform, userId] of Object.entries(userIds)) {
      const before = await presenceOrNone(db, { platform, userId })
      if (before === undefined || now - before.askedAt >= every) await ask(context, { platform, userId }, now)
    }
  }
}

/** If the platform cannot be asked now, its last answer stands. */
async function ask({ chats, connection, log }: Context, user: PlatformUser, now: Instant): Promise<void> {
  try {
    const profile = await chats.get(user.platform)?.profile(user.userId)
    if (profile === undefined) return
    await savePresence(connection.db, user, { askedAt: now, isDeactivated: profile.standing === 'deactivated' })
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error
    log.warn({ platform: user.platform, reason: error.message }, 'could not check whether somebody is still there')
  }
}
