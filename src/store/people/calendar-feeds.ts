import type { Db } from '../tables.ts'
import { preferenceOrNone, savePreference } from './preferences.ts'

/** The secret address of a person's calendar, by their e-mail. */
export type CalendarFeed = { readonly person: string; readonly url: string }

export async function listFeeds(db: Db): Promise<CalendarFeed[]> {
  const rows = await db
    .selectFrom('preferences')
    .select(['person', 'value as url'])
    .where('preference', '=', 'calendar')
    .orderBy('person')
    .execute()
  return rows
}

export async function feedOrNone(db: Db, person: string): Promise<string | undefined> {
  return preferenceOrNone(db, 'calendar', [person])
}

/** Saves the address; undefined removes it. */
export async function saveFeed(db: Db, person: string, url: string | undefined): Promise<void> {
  await savePreference(db, person, 'calendar', url)
}
