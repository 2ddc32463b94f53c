import type { Context } from '../../context.ts'
import { lookWhetherShared } from '../../delivery/shared-places.ts'
import { type SharedDestination, sharedProblem } from '../../domain/admin/shared-place.ts'
import { destinationName } from '../../domain/delivery/destination.ts'
import { DeliveryError } from '../../errors.ts'
import { readDestination } from '../../model/schema/destination.ts'
import type { Settings } from '../../model/settings.ts'
import { sharedPlaces } from '../../store/delivery/shared-places.ts'
import type { Connection } from '../../store/engine/engine.ts'

/** The channels of digests and routes in which people from outside read along, as the platforms said last. */
export async function sharedDestinations(connection: Connection, settings: Settings): Promise<SharedDestination[]> {
  const shared = new Set((await sharedPlaces(connection.db)).map(destinationName))
  const uses = [...usesOf(settings)].filter(([to]) => shared.has(to))
  return uses.map(([to, usedBy]) => ({ to, usedBy: [...usedBy] }))
}

/** Asks the platforms about each, and says in the log where nothing will be sent. */
export async function nameSharedDestinations(context: Context): Promise<void> {
  const { connection, log, settings } = context
  for (const to of usesOf(settings).keys()) await look(context, to)
  for (const shared of await sharedDestinations(connection, settings)) log.warn(shared, sharedProblem(shared))
}

async function look(context: Context, to: string): Promise<void> {
  const { platform, channel } = readDestination(to)
  if (channel === undefined || !context.chats.has(platform)) return
  try {
    await lookWhetherShared(context, { platform, channel })
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error
    context.log.warn({ to, reason: error.message }, 'could not check who can read a channel')
  }
}

/** Every channel that something is meant for, with what means it. */
function usesOf(settings: Settings): ReadonlyMap<string, ReadonlySet<string>> {
  const uses = new Map<string, Set<string>>()
  const note = (to: string, usedBy: string) => {
    // `owner` and `manager` are people
    const isPerson = !to.includes(':') || readDestination(to).person !== undefined
    if (!isPerson) uses.set(to, (uses.get(to) ?? new Set()).add(usedBy))
  }
  for (const { name, to } of settings.digests) note(to, `the digest ${name}`)
  for (const { to, escalation } of settings.routes.routes) {
    for (const target of [...to, ...escalation.map(step => step.to)]) note(target, 'routes.yaml')
  }
  return uses
}
