import type { Actor } from '../../chat/port.ts'
import { type Context, requestOf } from '../../context.ts'
import type { Person } from '../../domain/people/person.ts'
import { isParked, releaseParked } from '../../store/delivery/parked.ts'
import { noteLastPlatform } from '../../store/people/people.ts'
import { personAskingOrNone } from './person-asking.ts'

/** People are written to on the platform they used last; a lookup counts, and does not ask the platform who they are. */
export async function noteUse(context: Context, actor: Actor): Promise<void> {
  try {
    const person = await personAskingOrNone(context, actor)
    if (person !== undefined) await noteReached(context, person, actor.platform)
  } catch (error) {
    // a database that takes nothing now still answers
    context.log.warn({ err: error }, 'could not note where somebody is')
  }
}

/** In each request, the ways that were noted already. */
const noted = new WeakMap<Context, Set<string>>()

/** They can be reached there now: what was parked for them is tried again. */
export async function noteReached(context: Context, person: Person, platform: string): Promise<void> {
  // an assistant is no place to write to
  if (!context.chats.has(platform)) return
  const { db } = context.connection
  const before = noted.get(requestOf(context)) ?? new Set()
  if (before.has(`${platform}:${person.email}`)) return
  noted.set(requestOf(context), before.add(`${platform}:${person.email}`))
  await noteLastPlatform(db, person, platform)
  const way = { platform, person: person.email }
  if (!(await isParked(db, way))) return
  await releaseParked(db, way, context.clock())
  context.wakeSender()
}
