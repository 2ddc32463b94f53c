import type { Kysely } from 'kysely'

export async function snoozeDays(db: Kysely<any>): Promise<void> {
  // The day that somebody wrote: in their time zone `wakes_at` is on it, in another it may not be.
  await db.schema.alterTable('alerts').addColumn('wakes_on', 'text').execute()
}
