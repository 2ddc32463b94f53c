import type { MessageKind } from '../../domain/delivery/choices.ts'
import { compiledOnce } from '../compiled-once.ts'
import type { Db } from '../tables.ts'

/** What people can choose: how scores look to them, where they want their direct messages, which, and when, and their calendar. */
export type Preference = 'score_format' | 'platform' | `when:${MessageKind}` | 'quiet' | 'calendar'

/** A person's preference: that of the first of their names that has one. */
export async function preferenceOrNone(
  db: Db,
  preference: Preference,
  persons: readonly string[],
): Promise<string | undefined> {
  if (persons.length === 0) return undefined
  const rows = await chosen(db, preference, ...persons)
  return persons.flatMap(person => rows.find(row => row.person === person)?.value ?? [])[0]
}

const chosen = compiledOnce((db, preference: string, ...persons: readonly string[]) =>
  db
    .selectFrom('preferences')
    .select(['person', 'value'])
    .where('preference', '=', preference)
    .where('person', 'in', persons),
)

/** Saves a preference; undefined removes it. */
export async function savePreference(
  db: Db,
  person: string,
  preference: Preference,
  value: string | undefined,
): Promise<void> {
  if (value === undefined) {
    await db.deleteFrom('preferences').where('person', '=', person).where('preference', '=', preference).execute()
    return
  }
  await db
    .insertInto('preferences')
    .values({ person, preference, value })
    .onConflict(conflict => conflict.columns(['person', 'preference']).doUpdateSet({ value }))
    .execute()
}
