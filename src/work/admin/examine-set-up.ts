import type { Platform } from '../../chat/platform.ts'
import type { Environment } from '../../config.ts'
import { placeholderIn, type SetUp } from '../../domain/admin/set-up.ts'
import { fixedDestinations } from '../../domain/alerts/target.ts'
import { type Destination, destinationName } from '../../domain/delivery/destination.ts'
import type { Settings } from '../../model/settings.ts'
import { hasAccounts } from '../../store/accounts/account-list.ts'
import { chosenPlatformNames } from '../../store/destinations/reach.ts'
import type { Connection } from '../../store/engine/engine.ts'

/** Checks for common setup mistakes; without valid settings, only in the environment. */
export async function examineSetUp(
  connection: Connection,
  settings: Settings | undefined,
  { environment, platforms }: { readonly environment: Environment; readonly platforms: readonly Platform[] },
): Promise<SetUp> {
  return {
    isEmpty: !(await hasAccounts(connection.db)),
    placeholders: placeholders(settings, environment, platforms),
    offPlatforms: settings === undefined ? [] : await offPlatforms(connection, settings),
  }
}

function placeholders(
  settings: Settings | undefined,
  environment: Environment,
  platforms: readonly Platform[],
): SetUp['placeholders'] {
  const theirs = platforms.flatMap(({ placeholder }) => placeholder ?? [])
  const asked = [
    ...Object.entries(environment).map(([name, value]) => ({ where: name, value: value ?? '' })),
    ...(settings === undefined
      ? []
      : placesOf(settings).map(({ what, to }) => ({ where: what, value: destinationName(to) }))),
    ...(settings?.routes.admins ?? []).map(value => ({ where: 'admins in routes.yaml', value })),
  ]
  const found = asked.flatMap(({ where, value }) => {
    const text = placeholderIn(value, theirs)
    return text === undefined ? [] : [{ where, text }]
  })
  return [...new Map(found.map(entry => [`${entry.where} ${entry.text}`, entry])).values()]
}

async function offPlatforms(connection: Connection, settings: Settings): Promise<SetUp['offPlatforms']> {
  const on = await chosenPlatformNames(connection.db)
  // No service ever ran on this database, so it is unknown which platforms are on.
  if (on.length === 0) return []
  return placesOf(settings).flatMap(({ what, to }) => {
    return on.includes(to.platform) ? [] : [{ what, to: destinationName(to), platform: to.platform }]
  })
}

/** Everything in the settings that names a destination. */
function placesOf(settings: Settings): { what: string; to: Destination }[] {
  const digests = settings.digests.map(({ name, to }) => ({ what: `digest ${name}`, to }))
  const routes = settings.routes.routes.flatMap(({ to, escalation }) => [...to, ...escalation.map(step => step.to)])
  return [...digests, ...fixedDestinations(routes).map(to => ({ what: 'routes.yaml', to }))]
}
