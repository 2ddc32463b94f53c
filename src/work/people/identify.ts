import type { Actor } from '../../chat/port.ts'
import type { Context } from '../../context.ts'
import { foldEmail, isAtLeast, type PersonRole } from '../../domain/people/person.ts'
import { BotError } from '../../errors.ts'
import { linkUser } from '../../store/people/platform-users.ts'
import { noteReached } from './note-use.ts'
import { isPersonAsking, personAskingOrNone, personCalledOrNone } from './person-asking.ts'
import { profileOrNone } from './profiles.ts'

/** Who is asking: matched to a person by e-mail. Somebody unknown is a viewer. */
export type Caller = {
  readonly email?: string
  readonly name: string
  readonly role: PersonRole
  /** Whether the people file has them. */
  readonly isKnown: boolean
}

/** Finds out who somebody on a platform is; the people file and `admins` of the routes say what they may do. */
export async function identify(context: Context, actor: Actor): Promise<Caller> {
  const { db } = context.connection
  const linked = await personAskingOrNone(context, actor)
  if (linked !== undefined) {
    await noteReached(context, linked, actor.platform)
    return callerOf(context, linked.email, linked)
  }
  const profile = (await profileOrNone(context, actor)) ?? {}
  if (profile.email === undefined) return { name: profile.name ?? 'Somebody', role: 'viewer', isKnown: false }
  const person = await personCalledOrNone(context, profile.email)
  if (person !== undefined && actor.email === undefined) {
    if (await linkUser(db, person.email, actor)) isPersonAsking(context, actor, person)
    await noteReached(context, person, actor.platform)
  }
  return callerOf(context, profile.email, person ?? profile, person !== undefined)
}

/** Refuses, naming the role that may and how to get it. */
export function needRole(caller: Caller, needed: PersonRole, act: string): void {
  if (isAtLeast(caller.role, needed)) return
  throw new BotError(
    'not_allowed',
    `To ${act} you need the role ${needed}; you are a ${caller.role}.`,
    wayIn(caller, needed),
  )
}

function wayIn({ email, isKnown }: Caller, needed: PersonRole): string {
  if (email === undefined)
    return 'I cannot see your e-mail address, which I need to recognize you. Ask an admin to look into it.'
  return isKnown
    ? `An admin can change it with \`rounds import people\`: ${email}, ${needed}.`
    : `An admin can add ${email} with \`rounds import people\`: email and role.`
}

/** Somebody by their e-mail, as what they may see and do is decided. */
export function callerOf(
  context: Pick<Context, 'settings'>,
  email: string,
  person: { readonly name?: string; readonly role?: PersonRole },
  isKnown = true,
): Caller {
  const folded = foldEmail(email)
  const role = context.settings.routes.admins.includes(folded) ? 'admin' : (person.role ?? 'viewer')
  return { email: folded, name: person.name ?? folded, role, isKnown: isKnown || role === 'admin' }
}
