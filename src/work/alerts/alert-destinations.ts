import { adminEmails } from '../../delivery/admins.ts'
import { asksOnlyAttributes, attributesAsked, factsOfAttributes } from '../../domain/accounts/customer.ts'
import { alertIsOpenAt } from '../../domain/alerts/alert.ts'
import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import { isConfidential } from '../../domain/alerts/confidential.ts'
import { routeFor, targetsFor } from '../../domain/alerts/route.ts'
import type { Target } from '../../domain/alerts/target.ts'
import { type Destination, isSameDestination } from '../../domain/delivery/destination.ts'
import type { Facts } from '../../domain/model/condition.ts'
import { foldEmail } from '../../domain/people/person.ts'
import { factsOf } from '../../domain/scoring/expansion.ts'
import { outlines } from '../../domain/scoring/health.ts'
import type { History } from '../../domain/scoring/readings/window.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Routes } from '../../model/routes.ts'
import type { Settings } from '../../model/settings.ts'
import { readAttributesNamed } from '../../store/accounts/customers.ts'
import { alertsByAccount } from '../../store/alerts/alerts.ts'
import { platformOf } from '../../store/destinations/reach.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { knownPersonOrNone } from '../../store/people/leavers.ts'
import { connections } from '../../store/scoring/metric-connections.ts'
import { observeAccount } from '../../store/scoring/observations.ts'
import type { Db } from '../../store/tables.ts'

/** What is the same for every alert of a run, looked up on first use. */
export type Lookups = {
  connectedAt(): Promise<History['connectedAt']>
  directMessageOrNone(email: string | undefined): Promise<Destination | undefined>
}

export function newLookups(db: Db): Lookups {
  const places = new Map<string | undefined, Promise<Destination | undefined>>()
  let connected: Promise<History['connectedAt']> | undefined
  return {
    connectedAt: () => {
      connected ??= connections(db)
      return connected
    },
    directMessageOrNone: email => {
      const place = places.get(email) ?? directMessageOrNone(db, email)
      places.set(email, place)
      return place
    },
  }
}

/** The first route that fits an alert, by its account as of its opening. */
export async function alertRouteOrNone(
  connection: Connection,
  { model, routes }: Pick<Settings, 'model' | 'routes'>,
  { account: { key }, kind, openedAt }: Pick<AlertDetails, 'account' | 'kind' | 'openedAt'>,
  looked: Lookups = newLookups(connection.db),
): Promise<Routes['routes'][number] | undefined> {
  const possible = routes.routes.filter(({ alerts }) => alerts?.includes(kind) ?? true)
  const asked = possible.flatMap(({ when }) => when ?? [])
  // Reads only the attributes that the routes ask about.
  const facts = asked.every(asksOnlyAttributes)
    ? factsOfAttributes(await attributesOfAccount(connection.db, asked.flatMap(attributesAsked), key))
    : await everyFact(connection, model, key, openedAt, await looked.connectedAt())
  return routeFor(possible, kind, facts, openedAt)
}

async function attributesOfAccount(db: Db, names: readonly string[], key: number) {
  return (await readAttributesNamed(db, [...new Set(names)], [key])).get(key) ?? (() => undefined)
}

async function everyFact(
  connection: Connection,
  model: Settings['model'],
  key: number,
  at: Instant,
  connectedAt: History['connectedAt'],
): Promise<Facts> {
  const observed = await observeAccount(connection, key, at, { connectedAt })
  const alerts = (await alertsByAccount(connection.db, [key])).get(key) ?? []
  return factsOf(model, observed, outlines(model, observed), (kind, at) => alertIsOpenAt(alerts, kind, at))
}

/** Where an alert is posted, each place once; nowhere without a route. */
export async function alertDestinations(
  connection: Connection,
  settings: Pick<Settings, 'model' | 'routes'>,
  alert: AlertDetails,
  looked: Lookups = newLookups(connection.db),
): Promise<Destination[]> {
  const route = await alertRouteOrNone(connection, settings, alert, looked)
  if (route === undefined) return []
  const { db } = connection
  const found = await placesOf(db, targetsFor(route, alert.kind), alert, looked)
  const places = found.length === 0 ? await placesWithoutOwner(db, settings.routes, route, alert) : found
  return places.filter((place, at, all) => at === all.findIndex(other => isSameDestination(place, other)))
}

async function placesOf(
  db: Db,
  targets: readonly Target[],
  { about }: AlertDetails,
  looked: Lookups = newLookups(db),
): Promise<Destination[]> {
  const found = await Promise.all(targets.map(target => destinationOrNone(db, target, about.owner, looked)))
  return found.filter(place => place !== undefined)
}

/** If the owner has left, their manager gets it; anything confidential goes to the admins. */
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
  looked: Lookups = newLookups(db),
): Promise<Destination | undefined> {
  if (target === 'owner') return looked.directMessageOrNone(owner)
  if (target === 'manager') return looked.directMessageOrNone(owner && (await knownPersonOrNone(db, owner))?.manager)
  return 'email' in target ? looked.directMessageOrNone(target.email) : target
}

/** Direct messages to somebody, by e-mail, on the platform they prefer; nowhere once they have left. */
export async function directMessageOrNone(db: Db, email: string | undefined): Promise<Destination | undefined> {
  if (!email?.includes('@') || (await knownPersonOrNone(db, email))?.hasLeft === true) return undefined
  const platform = await platformOf(db, email)
  return platform === undefined ? undefined : { platform, person: foldEmail(email) }
}
