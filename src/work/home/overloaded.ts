import type { Context } from '../../context.ts'
import type { Person } from '../../domain/people/person.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { addReminder, forgetReminder } from '../../store/people/reminders.ts'
import type { Db } from '../../store/tables.ts'
import type { Overloaded } from '../../views/home/morning-card.ts'
import { fiveOf } from './five-of.ts'

type TeamMember = { readonly email: string; readonly name: string; readonly atRisk: number }

/** The people of a manager's team, with how many of their accounts are at risk. */
export async function teamOf(
  context: Context,
  manager: string,
  people: readonly Person[],
  now: Instant,
): Promise<TeamMember[]> {
  const reports = people.filter(person => person.manager === manager && person.email !== manager)
  const team: TeamMember[] = []
  for (const { email, name = email } of reports) {
    team.push({ email, name, atRisk: (await fiveOf(context, email, now, async () => 1)).atRisk })
  }
  return team
}

/** Reported once, and again only after it got better in between. */
export async function newlyOverloaded(
  db: Db,
  manager: string,
  team: readonly TeamMember[],
  now: Instant,
  most: number,
): Promise<Overloaded[]> {
  const named: Overloaded[] = []
  for (const { email, name, atRisk } of team) {
    const subject = `more at risk than one can look after:${email}`
    if (atRisk <= most) await forgetReminder(db, manager, subject)
    else if (await addReminder(db, manager, subject, now)) named.push({ name, atRisk })
  }
  return named
}
