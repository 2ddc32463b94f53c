import { adminEmails } from '../../delivery/admins.ts'
import { alertIsOpenAt } from '../../domain/alerts/alert.ts'
import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import { isConfidential } from '../../domain/alerts/confidential.ts'
import { routeFor, targetsFor } from '../../domain/alerts/route.ts'
import type { Target } from '../../domain/alerts/target.ts'
import { type Destination, isSameDestination } from '../../domain/delivery/destination.ts'
import { foldEmail } from '../../domain/people/person.ts'
import { factsOf } from '../../domain/scoring/expansion.ts'
import { assessments } from '../../domain/scoring/health.ts'
import type { Routes } from '../../model/routes.ts'
import type { Settings } from '../../model/settings.ts'
import { alertsByAccount } from '../../store/alerts/alerts.ts'
import { platformOf } from '../../store/delivery/reach.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { knownPersonOrNone } from '../../store/people/leavers.ts'
import { observeAccount } from '../../store/scoring/observations.ts'
import type { Db } from '../../store/tables.ts'

/** The first route that fits an alert, by its account as of its opening. */
export async function alertRouteOrNone(
  connection: Connection,
  { model, routes }: Pick<Settings, 'model' | 'routes'>,
  { account: { key }, kind, openedAt }: Pick<AlertDetails, 'account' | 'kind' | 'openedAt'>,
): Promise<Routes['routes'][number] | undefined> {
  if (routes.routes.length === 0) return undefined
  const observed = await observeAccount(connection, key, openedAt)
  const alerts = (await alertsByAccount(connection.db, { first: key, last: key })).get(key) ?? []
  const facts = factsOf(observed, assessments(model, observed), (kind, at) => alertIsOpenAt(alerts, kind, at))
  return routeFor(routes.routes, kind, facts, openedAt)
}

/** Where an alert is posted, each place once; nowhere without a route. */
export async function alertDestinations(
  connection: Connection,
  settings: Pick<Settings, 'model' | 'routes'>,
  alert: AlertDetails,
): Promise<Destination[]> {
  const route = await alertRouteOrNone(connection, settings, alert)
  if (route === undefined) return []
  const { db } = connection
  const found = await placesOf(db, targetsFor(route, alert.kind), alert)
  const places = found.length === 0 ? await placesWithoutOwner(db, settings.routes, route, alert) : found
  return places.filter((place, at, all) => at === all.findIndex(other => isSameDestination(place, other)))
}

async function placesOf(db: Db, targets: readonly Target[], { about }: AlertDetails): Promise<Destination[]> {
  const found = await Promise.all(targets.map(target => destinationOrNone(db, target, about.owner)))
  return found.filter(place => place !== undefined)
}

/** Where the owner has left their manager hears of it; of what is confidential the admins do. */
async function placesWithoutOwner(
  db: Db,
  routes: Routes,
  { to }: Routes['routes'][number],
  alert: AlertDetails,
): Promise<Destination[]> {
  if (!isConfidential(alert.kind)) return to.includes('owner') ? placesOf(db, ['manager'], alert) : []
  const admins = await adminEmails(db, routes)
  return placesOf(
    db,
    admins.map(email => ({ email })),
    alert,
  )
}

/** A destination, or the direct messages of the owner, of their manager or of somebody by their e-mail; or nobody. */
export async function destinationOrNone(
  db: Db,
  target: Target,
  owner: string | undefined,
): Promise<Destination | undefined> {
  if (target === 'owner') return directMessageOrNone(db, owner)
  if (target === 'manager') return directMessageOrNone(db, owner && (await knownPersonOrNone(db, owner))?.manager)
  return 'email' in target ? directMessageOrNone(db, target.email) : target
}

/** Direct messages to somebody, by their e-mail, on the platform where they want them; nowhere once they have left. */
export async function directMessageOrNone(db: Db, email: string | undefined): Promise<Destination | undefined> {
  if (!email?.includes('@') || (await knownPersonOrNone(db, email))?.hasLeft === true) return undefined
  const platform = await platformOf(db, email)
  return platform === undefined ? undefined : { platform, person: foldEmail(email) }
}
