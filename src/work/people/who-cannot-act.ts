import { isAtLeast } from '../../domain/people/person.ts'
import type { Routes } from '../../model/routes.ts'
import { type KnownPerson, knownPersonOrNone } from '../../store/people/leavers.ts'
import { presenceOrNone } from '../../store/people/presences.ts'
import type { Db } from '../../store/tables.ts'

/** Why somebody can no longer act, in words that follow their name; undefined for somebody who can. */
export async function whyCannotAct(
  db: Db,
  { admins }: Pick<Routes, 'admins'>,
  email: string,
): Promise<string | undefined> {
  const person = await knownPersonOrNone(db, email)
  if (person !== undefined && (await isDeactivated(db, person))) return 'is deactivated'
  if (admins.includes(email)) return undefined
  if (person === undefined) return 'is not among the people'
  if (person.hasLeft) return 'has left'
  return isAtLeast(person.role, 'csm') ? undefined : 'now has read-only access'
}

/** Whether somebody does not belong to the company anymore: absent from the people, gone, or deactivated. */
export async function isGone(db: Db, { admins }: Pick<Routes, 'admins'>, email: string): Promise<boolean> {
  const person = await knownPersonOrNone(db, email)
  if (person === undefined) return !admins.includes(email)
  return person.hasLeft || (await isDeactivated(db, person))
}

/** On every platform on which they are known, as far as was asked. */
async function isDeactivated(db: Db, { userIds }: KnownPerson): Promise<boolean> {
  const users = Object.entries(userIds).map(([platform, userId]) => ({ platform, userId }))
  const presences = await Promise.all(users.map(user => presenceOrNone(db, user)))
  return presences.length > 0 && presences.every(presence => presence?.isDeactivated === true)
}
