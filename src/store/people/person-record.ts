import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import { maskedFeed } from '../../domain/meetings/meeting.ts'
import { foldEmail } from '../../domain/people/person.ts'
import type { Db, Tables } from '../tables.ts'
import { readUse } from '../users/tracked-users.ts'
import { userHasherOrNone } from '../users/user-hashes.ts'
import { userIdsOf } from './platform-users.ts'

/** Everything that is stored about a person, as stored, by kind. */
export type PersonRecord = {
  readonly person: Selectable<Tables['people']> | null
  /** By platform. */
  readonly user_ids: Readonly<Record<string, string>>
  readonly comments: readonly Pick<Tables['comments'], 'id' | 'text' | 'source' | 'link' | 'observed_at'>[]
  readonly pulses: readonly Pick<Tables['pulses'], 'id' | 'at' | 'rating' | 'note' | 'reasons'>[]
  readonly accounts_owned: readonly string[]
  readonly alerts_held: readonly Pick<Tables['alerts'], 'id' | 'kind' | 'state' | 'claimed_at'>[]
  readonly tasks: readonly Pick<Tables['tasks'], 'id' | 'title' | 'state' | 'due_at' | 'note'>[]
  readonly feedback: readonly Omit<Tables['alert_feedback'], 'person'>[]
  readonly preferences: readonly Pick<Tables['preferences'], 'preference' | 'value'>[]
  readonly reminders: readonly Pick<Tables['reminders'], 'subject' | 'at'>[]
  readonly pulses_put_off: readonly Pick<Tables['pulses_put_off'], 'account' | 'at' | 'until'>[]
  /** On which days they used the product, where it sends its events. */
  readonly product_use: readonly { readonly account: string; readonly day: string }[]
}

/** For a person who asks what is known about them; times are epoch milliseconds. */
export async function readPersonRecord(db: Db, email: string): Promise<PersonRecord> {
  const person = foldEmail(email)
  const entry = await db.selectFrom('people').selectAll().where('email', '=', person).executeTakeFirst()
  const userIds = await userIdsOf(db, person)
  const names = [person, ...Object.values(userIds)]
  const hash = await userHasherOrNone(db)
  const owned = await db
    .selectFrom('account_attributes')
    .innerJoin('accounts', 'accounts.key', 'account_attributes.account')
    .select('accounts.id')
    .distinct()
    .where('attribute', '=', 'owner')
    .where(sql`lower(trim(value))`, '=', person)
    .execute()
  return {
    person: entry ?? null,
    user_ids: userIds,
    comments: await db
      .selectFrom('comments')
      .select(['id', 'text', 'source', 'link', 'observed_at'])
      .where(sql`lower(author)`, '=', person)
      .execute(),
    pulses: await db
      .selectFrom('pulses')
      .select(['id', 'at', 'rating', 'note', 'reasons'])
      .where('person', '=', person)
      .execute(),
    accounts_owned: owned.map(({ id }) => id),
    alerts_held: await db
      .selectFrom('alerts')
      .select(['id', 'kind', 'state', 'claimed_at'])
      .where('claimed_by', '=', person)
      .execute(),
    tasks: await db
      .selectFrom('tasks')
      .select(['id', 'title', 'state', 'due_at', 'note'])
      .where('assignee', '=', person)
      .execute(),
    feedback: await db
      .selectFrom('alert_feedback')
      .select(['alert', 'verdict', 'at'])
      .where('person', '=', person)
      .execute(),
    preferences: await preferencesOf(db, names),
    product_use: hash === undefined ? [] : await readUse(db, hash(person)),
    pulses_put_off: await db
      .selectFrom('pulses_put_off')
      .select(['account', 'at', 'until'])
      .where('person', '=', person)
      .execute(),
    reminders: await db.selectFrom('reminders').select(['subject', 'at']).where('person', 'in', names).execute(),
  }
}

/** Leaves out the address of a calendar: a secret of theirs that whoever exports this must not see. */
async function preferencesOf(db: Db, names: readonly string[]): Promise<PersonRecord['preferences']> {
  const preferences = db.selectFrom('preferences').select(['preference', 'value'])
  const rows = await preferences.where('person', 'in', names).execute()
  return rows.map(row => (row.preference === 'calendar' ? { ...row, value: maskedFeed(row.value) } : row))
}
