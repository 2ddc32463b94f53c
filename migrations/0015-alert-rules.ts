import type { Kysely } from 'kysely'

export async function alertRules(db: Kysely<any>): Promise<void> {
  // The kinds of alert whose rule held, parted by commas; null where nobody looked.
  await db.schema.alterTable('scores').addColumn('rules_held', 'text').execute()
  await db.schema.alterTable('standings').addColumn('rules_held', 'text').execute()
  // What is still to be said about an alert: `opened`, `resolved` or `woke`; null when all is said.
  await db.schema.alterTable('alerts').addColumn('untold', 'text').execute()
}
