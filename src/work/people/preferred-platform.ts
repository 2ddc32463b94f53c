import type { Actor } from '../../chat/port.ts'
import type { Context } from '../../context.ts'
import { BotError } from '../../errors.ts'
import { preferenceOrNone, savePreference } from '../../store/people/preferences.ts'
import { identify } from './identify.ts'

/** Stands for no choice: direct messages go to the platform that somebody used last. */
export const LAST_USED = 'last'

/** Where somebody wants their direct messages: the name of a platform, or where they were last. */
export async function preferredPlatform(context: Context, actor: Actor): Promise<string> {
  const { email } = await identify(context, actor)
  const chosen = email === undefined ? undefined : await preferenceOrNone(context.connection.db, 'platform', [email])
  return chosen ?? LAST_USED
}

export async function preferPlatform(context: Context, actor: Actor, platform: string): Promise<void> {
  const { email } = await identify(context, actor)
  if (email === undefined) {
    throw new BotError(
      'no_email',
      'I cannot see your e-mail address, so I do not know you elsewhere.',
      'An admin can let me see it; until then I write to you here.',
    )
  }
  await savePreference(context.connection.db, email, 'platform', platform === LAST_USED ? undefined : platform)
}
