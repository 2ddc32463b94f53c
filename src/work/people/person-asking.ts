import type { Actor } from '../../chat/port.ts'
import { type Context, requestOf } from '../../context.ts'
import type { Person } from '../../domain/people/person.ts'
import { foldEmail } from '../../domain/people/person.ts'
import { findPersonOrNone, peopleOfUserOrEmail, personOfUserOrNone } from '../../store/people/people.ts'
import { freshProfileOrNone } from './profiles.ts'

type Looked = Map<string, Promise<Person | undefined>>

const lookedUp = new WeakMap<Context, Looked>()

/** The person whom the people file, or an earlier link, gives this user: looked up once in each request. */
export function personAskingOrNone(context: Context, actor: Actor): Promise<Person | undefined> {
  if (actor.email !== undefined) return personCalledOrNone(context, actor.email)
  return lookedUpOnce(context, nameOf(actor), () => personOfUserOrNone(context.connection.db, actor))
}

/** The person with this e-mail: looked up once in each request. */
export function personCalledOrNone(context: Context, email: string): Promise<Person | undefined> {
  return lookedUpOnce(context, foldEmail(email), () => findPersonOrNone(context.connection.db, email))
}

/** Looks up who asks before there is a request, which remembers it. */
export async function lookUpAsking(
  { connection: { db }, chats, clock }: Pick<Context, 'connection' | 'chats' | 'clock'>,
  actor: Actor,
): Promise<(context: Context) => void> {
  const profile = actor.email === undefined ? freshProfileOrNone({ chats, clock }, actor) : { email: actor.email }
  if (profile?.email === undefined) {
    const linked = await personOfUserOrNone(db, actor)
    return context => remember(context, nameOf(actor), Promise.resolve(linked))
  }
  const email = foldEmail(profile.email)
  const { linked, called } = await peopleOfUserOrEmail(db, actor, email)
  return context => {
    remember(context, nameOf(actor), Promise.resolve(linked))
    remember(context, email, Promise.resolve(called))
  }
}

/** From here on in this request the user is known to be that person. */
export function isPersonAsking(context: Context, actor: Actor, person: Person): void {
  remember(context, nameOf(actor), Promise.resolve(person))
}

function lookedUpOnce(context: Context, name: string, look: () => Promise<Person | undefined>) {
  const found = lookedIn(context).get(name) ?? look()
  remember(context, name, found)
  return found
}

/** A failed lookup is not remembered. */
function remember(context: Context, name: string, found: Promise<Person | undefined>): void {
  const looked = lookedIn(context)
  looked.set(name, found)
  found.catch(() => looked.delete(name))
}

function lookedIn(context: Context): Looked {
  const request = requestOf(context)
  const looked = lookedUp.get(request) ?? new Map()
  lookedUp.set(request, looked)
  return looked
}

function nameOf({ platform, userId }: Actor): string {
  return `${platform}:${userId}`
}
