import { sql } from 'kysely'
import { foldEmail, PERSON_ROLES, type Person } from '../../domain/people/person.ts'
import { compiledOnce } from '../compiled-once.ts'
import { inTransaction } from '../engine/transaction.ts'
import { slices } from '../slices.ts'
import { type HeldRows, holdRow } from '../sources/held-rows.ts'
import type { Counts } from '../sources/signals.ts'
import type { Db, Tables } from '../tables.ts'
import { hasUserIds, type PlatformUser, saveUserIds, type UserIds } from './platform-users.ts'

/** What is now known about a person: undefined clears a field or an id, an absent one stays as it is. */
export type PersonRow = {
  readonly email: string
  readonly fields: ReadonlyMap<PersonField, string | undefined>
  /** By platform. */
  readonly userIds?: UserIds
}
export type PersonField = Exclude<keyof Tables['people'], 'email' | 'last_platform' | 'left_at'>

/** Saves people. Changes to known people wait in `later`, if given. */
export async function savePeople(db: Db, rows: readonly PersonRow[], later?: HeldRows<PersonRow>): Promise<Counts> {
  return inTransaction(db, async db => {
    const counts = { added: 0, changed: 0, unchanged: 0 }
    for (const row of rows) {
      const outcome = await savePerson(db, row, later)
      if (outcome !== 'later') counts[outcome] += 1
    }
    return counts
  })
}

/** Finds a person; somebody who has left does not count: see `store/leavers`. */
export async function findPersonOrNone(db: Db, email: string): Promise<Person | undefined> {
  const [row] = await peopleWith(db, foldEmail(email))
  return row && personOf(row)
}

const peopleWith = compiledOnce((db, email: string) => present(db).where('email', '=', email))

function present(db: Db) {
  return db.selectFrom('people').selectAll().where('left_at', 'is', null)
}

/** The time zones of some people, by e-mail; absent if unknown. */
export async function timeZonesOf(db: Db, emails: Iterable<string>): Promise<ReadonlyMap<string, string>> {
  const zones = new Map<string, string>()
  for (const some of slices([...new Set(emails)])) {
    const rows = await present(db).where('email', 'in', some).execute()
    for (const { email, time_zone } of rows) if (time_zone !== null) zones.set(email, time_zone)
  }
  return zones
}

export async function personOfUserOrNone(db: Db, { platform, userId }: PlatformUser): Promise<Person | undefined> {
  const [row] = await peopleOfUser(db, platform, userId)
  return row && personOf(row)
}

const peopleOfUser = compiledOnce((db, platform: string, userId: string) =>
  linkedTo(db, platform, userId).orderBy('people.email'),
)

function linkedTo(db: Db, platform: string, userId: string) {
  return db
    .selectFrom('people')
    .innerJoin('platform_users', 'platform_users.email', 'people.email')
    .selectAll('people')
    .where('left_at', 'is', null)
    .where('platform_users.platform', '=', platform)
    .where('platform_users.user_id', '=', userId)
}

/** The person to whom a user is linked, and the one with this e-mail, in one query. */
export async function peopleOfUserOrEmail(
  db: Db,
  { platform, userId }: PlatformUser,
  email: string,
): Promise<{ readonly linked: Person | undefined; readonly called: Person | undefined }> {
  const rows = await linkedOrCalled(db, platform, userId, foldEmail(email))
  const [linked, called] = [0, 1].map(way => rows.find(row => row.way === way))
  return { linked: linked && personOf(linked), called: called && personOf(called) }
}

const linkedOrCalled = compiledOnce((db, platform: string, userId: string, email: string) => {
  const linked = linkedTo(db, platform, userId).select(sql<number>`0`.as('way'))
  const called = present(db).where('email', '=', email).select(sql<number>`1`.as('way'))
  return linked.unionAll(called).orderBy('email')
})

/** Records where a person last spoke to us; writes only if that changed. */
export async function noteLastPlatform(db: Db, { email, lastPlatform }: Person, platform: string): Promise<void> {
  if (lastPlatform === platform) return
  await db.updateTable('people').set({ last_platform: platform }).where('email', '=', email).execute()
}

export async function listPeople(db: Db): Promise<Person[]> {
  const rows = await present(db).orderBy('email').execute()
  return rows.map(personOf)
}

async function savePerson(
  db: Db,
  row: PersonRow,
  later: HeldRows<PersonRow> | undefined,
): Promise<keyof Counts | 'later'> {
  const { email: written, fields, userIds = new Map() } = row
  const email = foldEmail(written)
  const stored = await db.selectFrom('people').selectAll().where('email', '=', email).executeTakeFirst()
  const person = { ...(stored ?? { ...NOBODY, email }), left_at: null }
  for (const [field, value] of fields) {
    if (field === 'role') person.role = value ?? NOBODY.role
    else if (field === 'manager') person.manager = value === undefined ? null : foldEmail(value)
    else person[field] = value ?? null
  }
  if (stored === undefined) {
    await db.insertInto('people').values(person).execute()
    await saveUserIds(db, email, userIds)
    return 'added'
  }
  const isBack = stored.left_at !== null
  const isSame = [...fields.keys()].every(field => person[field] === stored[field])
  const isKnown = isSame && !isBack && (await hasUserIds(db, email, userIds))
  if (later !== undefined && (!isKnown || later.has(email))) {
    return holdRow(later, email, row, withLater).unchanged === 1 ? 'unchanged' : 'later'
  }
  if (isKnown) return 'unchanged'
  await saveUserIds(db, email, userIds)
  await db.updateTable('people').set(person).where('email', '=', email).execute()
  return 'changed'
}

function withLater(earlier: PersonRow, row: PersonRow): PersonRow {
  return {
    email: row.email,
    fields: new Map([...earlier.fields, ...row.fields]),
    userIds: new Map([...(earlier.userIds ?? []), ...(row.userIds ?? [])]),
  }
}

const NOBODY = {
  name: null,
  role: 'viewer',
  manager: null,
  time_zone: null,
  last_platform: null,
}

function personOf(row: Omit<Tables['people'], 'left_at'>): Person {
  return {
    email: row.email,
    role: PERSON_ROLES.find(role => role === row.role) ?? 'viewer',
    ...(row.name !== null && { name: row.name }),
    ...(row.manager !== null && { manager: row.manager }),
    ...(row.time_zone !== null && { timeZone: row.time_zone }),
    ...(row.last_platform !== null && { lastPlatform: row.last_platform }),
  }
}
