import type { Context } from '../../context.ts'
import { type Refusal, refusalOf, worseStanding } from '../../domain/people/admission.ts'
import { foldEmail } from '../../domain/people/person.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { findPersonOrNone, personOfUserOrNone } from '../../store/people/people.ts'
import { profileOrNone } from '../../work/people/profiles.ts'
import type { Actor, Profile } from '../port.ts'

/**
 * Decides whether somebody may ask, before anything else is looked at: undefined, or why not. A refusal is audited;
 * `knock` says what they wanted, such as `press claim`.
 */
export async function refusalAtDoor(context: Context, actor: Actor, knock: string): Promise<Refusal | undefined> {
  const profile = await profileOrNone(context, actor)
  const email = profile?.email
  const refusal = refusalOf(worseStanding(actor.standing, profile?.standing), {
    isNamed: await isNamed(context, actor, profile),
    mayAsk: context.settings.routes.access.who,
  })
  if (refusal !== undefined) {
    await recordAudit(context.connection.db, {
      at: context.clock(),
      who: email === undefined ? `${actor.platform}:${actor.userId}` : foldEmail(email),
      act: `refused:${knock.split(' ')[0]}`,
      subject: knock,
      isNow: refusal,
    })
  }
  return refusal
}

/** By their id on the platform, or by the e-mail address that the platform vouches for. */
async function isNamed(
  { connection: { db }, settings }: Context,
  actor: Actor,
  profile: Profile | undefined,
): Promise<boolean> {
  if ((await personOfUserOrNone(db, actor)) !== undefined) return true
  if (profile?.email === undefined) return false
  const email = foldEmail(profile.email)
  return settings.routes.admins.includes(email) || (await findPersonOrNone(db, email)) !== undefined
}
