import type { Context } from '../../context.ts'
import { lookWhetherShared } from '../../delivery/shared-places.ts'
import { type SharedDestination, sharedProblem } from '../../domain/admin/shared-place.ts'
import { DeliveryError } from '../../errors.ts'
import type { Settings } from '../../model/settings.ts'
import { parseDestination } from '../../store/delivery/outbox.ts'
import { sharedPlaces } from '../../store/delivery/shared-places.ts'
import type { Connection } from '../../store/engine/sqlite/database.ts'

/** The channels of digests and routes in which people from outside read along, as the platforms said last. */
export async function sharedDestinations(connection: Connection, settings: Settings): Promise<SharedDestination[]> {
  const shared = await sharedPlaces(connection.db)
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
  const place = parseDestination(to)
  if (!context.chats.has(place.platform)) return
  try {
    await lookWhetherShared(context, place)
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error
    context.log.warn({ to, reason: error.message }, 'could not ask who reads along')
  }
}

/** Every channel that something is meant for, with what means it. */
function usesOf(settings: Settings): ReadonlyMap<string, ReadonlySet<string>> {
  const uses = new Map<string, Set<string>>()
  const note = (to: string, usedBy: string) => {
    // `owner` and `manager` are people, and so is what begins with an @
    const isPerson = !to.includes(':') || parseDestination(to).to.startsWith('@')
    if (!isPerson) uses.set(to, (uses.get(to) ?? new Set()).add(usedBy))
  }
  for (const { name, to } of settings.digests) note(to, `the digest ${name}`)
  for (const { to, escalation } of settings.routes.routes) {
    for (const target of [...to, ...escalation.map(step => step.to)]) note(target, 'routes.yaml')
  }
  return uses
}
