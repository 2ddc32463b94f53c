import { foldEmail, PERSON_ROLES, type Person } from '../domain/person.ts'
import { inTransaction } from './database.ts'
import type { Counts } from './signals.ts'
import type { Db, Tables } from './tables.ts'

/** What is now known of a person: undefined clears a field, one that is absent stays as it is. */
export type PersonRow = { readonly email: string; readonly fields: ReadonlyMap<PersonField, string | undefined> }
export type PersonField = Exclude<keyof Tables['people'], 'email'>

export async function savePeople(db: Db, rows: readonly PersonRow[]): Promise<Counts> {
  return inTransaction(db, async db => {
    const counts = { added: 0, changed: 0, unchanged: 0 }
    for (const row of rows) counts[await savePerson(db, row)] += 1
    return counts
  })
}

export async function findPersonOrNone(db: Db, email: string): Promise<Person | undefined> {
  const row = await db.selectFrom('people').selectAll().where('email', '=', foldEmail(email)).executeTakeFirst()
  return row && personOf(row)
}

export async function personBySlackIdOrNone(db: Db, slackId: string): Promise<Person | undefined> {
  const people = db.selectFrom('people').selectAll().where('slack_id', '=', slackId)
  const row = await people.orderBy('email').executeTakeFirst()
  return row && personOf(row)
}

/** From now on this Slack user is the person with that e-mail, and nobody else. False when nobody has that e-mail. */
export async function linkSlackId(db: Db, email: string, slackId: string): Promise<boolean> {
  return inTransaction(db, async db => {
    const people = db.updateTable('people')
    const linked = people.set({ slack_id: slackId }).where('email', '=', foldEmail(email))
    if ((await linked.executeTakeFirst()).numUpdatedRows === 0n) return false
    const others = people.set({ slack_id: null }).where('slack_id', '=', slackId)
    await others.where('email', '!=', foldEmail(email)).execute()
    return true
  })
}

export async function listPeople(db: Db): Promise<Person[]> {
  const rows = await db.selectFrom('people').selectAll().orderBy('email').execute()
  return rows.map(personOf)
}

async function savePerson(db: Db, { email: written, fields }: PersonRow): Promise<keyof Counts> {
  const email = foldEmail(written)
  const stored = await db.selectFrom('people').selectAll().where('email', '=', email).executeTakeFirst()
  const person = { ...(stored ?? { ...NOBODY, email }) }
  for (const [field, value] of fields) {
    if (field === 'role') person.role = value ?? NOBODY.role
    else if (field === 'manager') person.manager = value === undefined ? null : foldEmail(value)
    else person[field] = value ?? null
  }
  if (stored === undefined) {
    await db.insertInto('people').values(person).execute()
    return 'added'
  }
  if ([...fields.keys()].every(field => person[field] === stored[field])) return 'unchanged'
  await db.updateTable('people').set(person).where('email', '=', email).execute()
  return 'changed'
}

const NOBODY = { name: null, role: 'viewer', manager: null, time_zone: null, slack_id: null, teams_id: null }

function personOf(row: Tables['people']): Person {
  return {
    email: row.email,
    role: PERSON_ROLES.find(role => role === row.role) ?? 'viewer',
    ...(row.name !== null && { name: row.name }),
    ...(row.manager !== null && { manager: row.manager }),
    ...(row.time_zone !== null && { timeZone: row.time_zone }),
    ...(row.slack_id !== null && { slackId: row.slack_id }),
    ...(row.teams_id !== null && { teamsId: row.teams_id }),
  }
}
