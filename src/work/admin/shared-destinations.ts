import type { Context } from '../../context.ts'
import { lookWhetherShared } from '../../delivery/shared-places.ts'
import { type SharedDestination, sharedProblem } from '../../domain/admin/shared-place.ts'
import { fixedDestinations } from '../../domain/alerts/target.ts'
import { type Destination, destinationName } from '../../domain/delivery/destination.ts'
import { DeliveryError } from '../../errors.ts'
import type { Settings } from '../../model/settings.ts'
import { type Place, sharedPlaces } from '../../store/destinations/shared-places.ts'
import type { Connection } from '../../store/engine/engine.ts'

/** The channels of digests and routes in which people from outside read along, as the platforms said last. */
export async function sharedDestinations(connection: Connection, settings: Settings): Promise<SharedDestination[]> {
  const shared = new Set((await sharedPlaces(connection.db)).map(destinationName))
  const uses = [...usesOf(settings)].filter(([to]) => shared.has(to))
  return uses.map(([to, { usedBy }]) => ({ to, usedBy: [...usedBy] }))
}

/** Asks the platforms about each, and says in the log where nothing will be sent. */
export async function nameSharedDestinations(context: Context): Promise<void> {
  const { connection, log, settings } = context
  for (const { place } of usesOf(settings).values()) await look(context, place)
  for (const shared of await sharedDestinations(connection, settings)) log.warn(shared, sharedProblem(shared))
}

async function look(context: Context, place: Place): Promise<void> {
  if (!context.chats.has(place.platform)) return
  try {
    await lookWhetherShared(context, place)
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error
    context.log.warn({ to: destinationName(place), reason: error.message }, 'could not check who can read a channel')
  }
}

type Use = { readonly place: Place; readonly usedBy: Set<string> }

/** Every channel that something is meant for, by its name, with what means it. */
function usesOf(settings: Settings): ReadonlyMap<string, Use> {
  const uses = new Map<string, Use>()
  const note = ({ platform, channel }: Destination, usedBy: string) => {
    if (channel === undefined) return
    const place = { platform, channel }
    const use = uses.get(destinationName(place)) ?? { place, usedBy: new Set() }
    uses.set(destinationName(place), { place, usedBy: use.usedBy.add(usedBy) })
  }
  for (const { name, to } of settings.digests) note(to, `the digest ${name}`)
  for (const { to, escalation } of settings.routes.routes) {
    for (const place of fixedDestinations([...to, ...escalation.map(step => step.to)])) note(place, 'routes.yaml')
  }
  return uses
}
