import { foldEmail, PERSON_ROLES, type PersonRole } from '../../domain/people/person.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { compiledOnce } from '../compiled-once.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'
import { userIdsOf } from './platform-users.ts'

/** Marks everybody who is not among these as having left now; returns their e-mails. Their names stay known. */
export async function markAbsentLeft(db: Db, present: ReadonlySet<string>, now: Instant): Promise<string[]> {
  const rows = await db.selectFrom('people').select('email').where('left_at', 'is', null).orderBy('email').execute()
  const absent = rows.map(({ email }) => email).filter(email => !present.has(email))
  for (const email of absent) {
    await db.updateTable('people').set({ left_at: now }).where('email', '=', email).execute()
  }
  return absent
}

/** A person who is or was in the people file. */
export type KnownPerson = {
  readonly name: string
  readonly role: PersonRole
  readonly manager?: string
  readonly hasLeft: boolean
  /** By platform. */
  readonly userIds: Readonly<Record<string, string>>
}

export async function knownPersonOrNone(db: Db, email: string): Promise<KnownPerson | undefined> {
  const [row] = await peopleWith(db, foldEmail(email))
  if (row === undefined) return undefined
  const { name, role, manager, left_at } = row
  return {
    name: name ?? row.email,
    role: PERSON_ROLES.find(known => known === role) ?? 'viewer',
    hasLeft: left_at !== null,
    userIds: await userIdsOf(db, row.email),
    ...(manager !== null && { manager }),
  }
}

const peopleWith = compiledOnce((db, email: string) => db.selectFrom('people').selectAll().where('email', '=', email))

export type StandIn = Pick<KnownPerson, 'manager' | 'hasLeft'>

/** Who stands in for some people, by e-mail; absent for anyone who was never in the people file. */
export async function standIns(db: Db, emails: Iterable<string>): Promise<ReadonlyMap<string, StandIn>> {
  const found = new Map<string, StandIn>()
  for (const some of slices([...new Set(emails)])) {
    const rows = await db
      .selectFrom('people')
      .select(['email', 'manager', 'left_at'])
      .where('email', 'in', some)
      .execute()
    for (const { email, manager, left_at } of rows) {
      found.set(email, { hasLeft: left_at !== null, ...(manager !== null && { manager }) })
    }
  }
  return found
}

/** The name of a person who is or was known; their e-mail if no name is known. */
export async function nameOfPersonOrNone(db: Db, email: string): Promise<string | undefined> {
  const [row] = await namesOf(db, foldEmail(email))
  return row === undefined ? undefined : (row.name ?? row.email)
}

const namesOf = compiledOnce((db, email: string) =>
  db.selectFrom('people').select(['email', 'name']).where('email', '=', email),
)

/** Names people who are or were known; an e-mail stays as it is if no name is known. */
export async function namingPeople(db: Db): Promise<(email: string) => string> {
  const rows = await db.selectFrom('people').select(['email', 'name']).execute()
  const names = new Map(rows.map(({ email, name }) => [email, name]))
  return email => names.get(foldEmail(email)) ?? email
}
