import type { Kysely } from 'kysely'

/** Events hold what happened, and what is said of it is written when it is sent. Those that wait keep what was written. */
export async function eventsAsFacts(db: Kysely<any>): Promise<void> {
  await db.schema.alterTable('events').addColumn('account', 'integer').execute()
  // The kinds of event that a receiver wants; null until the service has looked at its settings.
  await db.schema.alterTable('event_receivers').addColumn('wants', 'text').execute()
  // Alerts are no longer compared with what was told of them last.
  await db.schema.dropTable('event_alerts').execute()
}
