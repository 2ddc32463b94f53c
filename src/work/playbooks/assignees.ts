import { foldEmail } from '../../domain/people/person.ts'
import type { Calendar } from '../../domain/time/business-time.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Routes } from '../../model/routes.ts'
import { ownersOfAccounts } from '../../store/accounts/account-owner.ts'
import { standIns } from '../../store/people/leavers.ts'
import { timeZonesOf } from '../../store/people/people.ts'
import type { Db } from '../../store/tables.ts'

/** Who does what for some accounts, and when they work. */
export type Assignees = {
  /** The person with a role for an account; undefined if there is none. */
  assignee(account: number, role: string): string | undefined
  calendar(assignee: string | undefined): Calendar
}

/** As many queries for many accounts as for one. */
export async function findAssignees(
  db: Db,
  { admins, business_hours, scoring }: Routes,
  accounts: readonly number[],
  at: Instant,
): Promise<Assignees> {
  const owners = await ownersOfAccounts(db, accounts, at)
  const people = await standIns(db, owners.values())
  const managers = [...people.values()].flatMap(({ manager }) => manager ?? [])
  const zones = await timeZonesOf(db, [...owners.values(), ...managers, ...admins.slice(0, 1)].map(foldEmail))
  const calendars = new Map<string | undefined, Calendar>()
  return {
    assignee(account, role) {
      if (role === 'admin') return admins[0]
      const owner = owners.get(account)
      const known = owner === undefined ? undefined : people.get(owner)
      // If the owner has left, their manager stands in.
      if (role === 'csm' || role === 'owner') return known?.hasLeft ? known.manager : owner
      return role === 'manager' ? known?.manager : undefined
    },
    calendar(assignee) {
      const zone = assignee === undefined ? undefined : zones.get(foldEmail(assignee))
      const calendar = calendars.get(zone) ?? { ...business_hours, timeZone: zone ?? scoring.time_zone }
      calendars.set(zone, calendar)
      return calendar
    },
  }
}
