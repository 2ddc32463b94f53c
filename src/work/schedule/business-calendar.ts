import type { Context } from '../../context.ts'
import type { Calendar } from '../../domain/time/business-time.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Routes } from '../../model/routes.ts'
import { ownerOfAccount } from '../../store/accounts/account-owner.ts'
import { knownPersonOrNone } from '../../store/people/leavers.ts'
import { findPersonOrNone } from '../../store/people/people.ts'
import type { Db } from '../../store/tables.ts'

/** When somebody works: the house's hours in their own time zone; in the zone of the scoring where theirs is not known. */
export async function calendarOf(db: Db, routes: Routes, email: string | undefined): Promise<Calendar> {
  const person = email === undefined ? undefined : await findPersonOrNone(db, email)
  return { ...routes.business_hours, timeZone: person?.timeZone ?? routes.scoring.time_zone }
}

/** The time zone in which somebody writes and reads days. */
export async function timeZoneOf(
  context: Pick<Context, 'connection' | 'settings'>,
  email: string | undefined,
): Promise<string> {
  return (await calendarOf(context.connection.db, context.settings.routes, email)).timeZone
}

/** Who does what a role asks for an account; undefined when nobody is known for it. `look` may know people already. */
export async function personFor(
  db: Db,
  routes: Routes,
  role: string,
  account: number,
  at: Instant,
  look = (email: string) => knownPersonOrNone(db, email),
): Promise<string | undefined> {
  if (role === 'admin') return routes.admins[0]
  const owner = await ownerOfAccount(db, account, at)
  const known = owner === undefined ? undefined : await look(owner)
  // Whose owner has left is their manager's meanwhile.
  if (role === 'csm' || role === 'owner') return known?.hasLeft ? known.manager : owner
  if (role === 'manager') return known?.manager
  return undefined
}
