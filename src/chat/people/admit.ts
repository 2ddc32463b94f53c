import type { Context } from '../../context.ts'
import { type Refusal, refusalOf, worseStanding } from '../../domain/people/admission.ts'
import { foldEmail } from '../../domain/people/person.ts'
import { HOUR } from '../../domain/time/instant.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { isFirstDelivery } from '../../store/delivery/handled-requests.ts'
import { askPresences } from '../../work/people/ask-presences.ts'
import { personAskingOrNone, personCalledOrNone } from '../../work/people/person-asking.ts'
import { profileOrNone } from '../../work/people/profiles.ts'
import { isGone } from '../../work/people/who-cannot-act.ts'
import type { Actor, Profile } from '../port.ts'

/**
 * Decides whether somebody may ask, before anything else happens: undefined, or why not. A refusal is audited;
 * `knock` says what they wanted, such as `press claim`.
 */
export async function refusalAtDoor(context: Context, actor: Actor, knock: string): Promise<Refusal | undefined> {
  const profile = await profileOrNone(context, actor)
  const email = profile?.email
  if (actor.email !== undefined && (await isAway(context, foldEmail(actor.email)))) {
    await recordRefusal(context, actor, { knock, refusal: 'deactivated', email: actor.email })
    return 'deactivated'
  }
  const refusal = refusalOf(worseStanding(actor.standing, profile?.standing), {
    isNamed: await isNamed(context, actor, profile),
    mayAsk: context.settings.routes.access.who,
  })
  if (refusal !== undefined) await recordRefusal(context, actor, { knock, refusal, ...(email && { email }) })
  return refusal
}

/** Somebody with a token may have been deactivated since: they are out within five minutes. */
async function isAway(context: Context, email: string): Promise<boolean> {
  const { connection, settings, clock } = context
  await askPresences(context, [email], clock(), 4 * MINUTE)
  return isGone(connection.db, settings.routes, email)
}

const MINUTE = HOUR / 60

type Refused = { readonly knock: string; readonly refusal: Refusal; readonly email?: string }

export async function recordRefusal(
  { connection: { db }, clock }: Context,
  { platform, userId }: Actor,
  { knock, refusal, email }: Refused,
): Promise<void> {
  const at = clock()
  const user = `${platform}:${userId}`
  const [way = ''] = knock.split(' ')
  // every keystroke in a search asks again: one audit line an hour is enough
  if (way === 'search' && !(await isFirstDelivery(db, `${user}:${knock}:${Math.floor(at / HOUR)}`, at))) return
  const who = email === undefined ? user : foldEmail(email)
  await recordAudit(db, { at, who, act: `refused:${way}`, subject: knock, isNow: refusal })
}

/** By their id on the platform, or by the e-mail address that the platform vouches for. */
async function isNamed(context: Context, actor: Actor, profile: Profile | undefined): Promise<boolean> {
  if ((await personAskingOrNone(context, actor)) !== undefined) return true
  if (profile?.email === undefined) return false
  const email = foldEmail(profile.email)
  return context.settings.routes.admins.includes(email) || (await personCalledOrNone(context, email)) !== undefined
}
