import { foldEmail, PERSON_ROLES, type Person } from '../domain/person.ts'
import { inTransaction } from './database.ts'
import { type HeldRows, hold } from './held-rows.ts'
import type { Counts } from './signals.ts'
import type { Db, Tables } from './tables.ts'

/** What is now known of a person: undefined clears a field, one that is absent stays as it is. */
export type PersonRow = { readonly email: string; readonly fields: ReadonlyMap<PersonField, string | undefined> }
export type PersonField = Exclude<keyof Tables['people'], 'email' | 'last_platform' | 'left_at'>

/** Where the people file keeps each platform's user ids. */
const USER_ID_COLUMNS = { slack: 'slack_id', teams: 'teams_id' } as const

type UserIds = Pick<Tables['people'], (typeof USER_ID_COLUMNS)[keyof typeof USER_ID_COLUMNS]>

function userIdColumn(platform: string): keyof UserIds | undefined {
  return Object.entries(USER_ID_COLUMNS).find(([name]) => name === platform)?.[1]
}

/** The user ids of a person that are known, by platform. */
export function userIdsOf(row: UserIds): Record<string, string> {
  return Object.fromEntries(
    Object.entries(USER_ID_COLUMNS).flatMap(([platform, column]) => {
      const id = row[column]
      return id === null ? [] : [[platform, id]]
    }),
  )
}

/** What changes a person who is there waits in `later`, where that is given. */
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

/** Who has left is nobody any more; see `store/leavers`. */
export async function findPersonOrNone(db: Db, email: string): Promise<Person | undefined> {
  const row = await present(db).where('email', '=', foldEmail(email)).executeTakeFirst()
  return row && personOf(row)
}

function present(db: Db) {
  return db.selectFrom('people').selectAll().where('left_at', 'is', null)
}

/** A user of a platform, by the platform's own id. */
export type PlatformUser = { readonly platform: string; readonly userId: string }

export async function personOfUserOrNone(db: Db, { platform, userId }: PlatformUser): Promise<Person | undefined> {
  const column = userIdColumn(platform)
  if (column === undefined) return undefined
  const row = await present(db).where(column, '=', userId).orderBy('email').executeTakeFirst()
  return row && personOf(row)
}

/** From now on this user is the person with that e-mail, and nobody else. False when nobody has that e-mail. */
export async function linkUser(db: Db, email: string, { platform, userId }: PlatformUser): Promise<boolean> {
  const column = userIdColumn(platform)
  if (column === undefined) return false
  return inTransaction(db, async db => {
    const linked = db
      .updateTable('people')
      .set({ [column]: userId })
      .where('email', '=', foldEmail(email))
    if ((await linked.executeTakeFirst()).numUpdatedRows === 0n) return false
    const others = db
      .updateTable('people')
      .set({ [column]: null })
      .where(column, '=', userId)
    await others.where('email', '!=', foldEmail(email)).execute()
    return true
  })
}

export async function userIdOrNone(db: Db, platform: string, email: string): Promise<string | undefined> {
  const row = await db.selectFrom('people').selectAll().where('email', '=', foldEmail(email)).executeTakeFirst()
  return row && userIdsOf(row)[platform]
}

/** Where somebody spoke to us last; writes only when that is news. */
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
  const { email: written, fields } = row
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
    return 'added'
  }
  const isBack = stored.left_at !== null
  const isKnown = !isBack && [...fields.keys()].every(field => person[field] === stored[field])
  if (later !== undefined && (!isKnown || later.has(email))) {
    return hold(later, email, row).unchanged === 1 ? 'unchanged' : 'later'
  }
  if (isKnown) return 'unchanged'
  await db.updateTable('people').set(person).where('email', '=', email).execute()
  return 'changed'
}

const NOBODY = {
  name: null,
  role: 'viewer',
  manager: null,
  time_zone: null,
  slack_id: null,
  teams_id: null,
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
