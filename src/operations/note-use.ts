import type { Actor } from '../chat.ts'
import type { Context } from '../context.ts'
import { noteLastPlatform, personOfUserOrNone } from '../store/people.ts'

/** Where somebody spoke to us last is where we write to them; a lookup counts, and asks no platform who they are. */
export async function noteUse({ connection: { db }, log }: Context, actor: Actor): Promise<void> {
  try {
    const person = await personOfUserOrNone(db, actor)
    if (person !== undefined) await noteLastPlatform(db, person, actor.platform)
  } catch (error) {
    // a database that takes nothing now still answers
    log.warn({ err: error }, 'could not note where somebody is')
  }
}
