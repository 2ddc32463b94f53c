import type { Actor } from '../../chat/port.ts'
import type { Context } from '../../context.ts'
import type { Person } from '../../domain/people/person.ts'
import { foldEmail } from '../../domain/people/person.ts'
import { findPersonOrNone, personOfUserOrNone } from '../../store/people/people.ts'

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

/** From here on in this request the user is known to be that person. */
export function isPersonAsking(context: Context, actor: Actor, person: Person): void {
  lookedIn(context).set(nameOf(actor), Promise.resolve(person))
}

function lookedUpOnce(context: Context, name: string, look: () => Promise<Person | undefined>) {
  const looked = lookedIn(context)
  const found = looked.get(name) ?? look()
  looked.set(name, found)
  return found
}

function lookedIn(context: Context): Looked {
  const looked = lookedUp.get(context) ?? new Map()
  lookedUp.set(context, looked)
  return looked
}

function nameOf({ platform, userId }: Actor): string {
  return `${platform}:${userId}`
}
