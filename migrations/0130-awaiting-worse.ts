import { type Kysely, sql } from 'kysely'

/** The alerts that sleep until a score falls are few: scoring asks for them with every write. */
export async function awaitingWorse(db: Kysely<any>): Promise<void> {
  await sql`create index alerts_awaiting_worse on alerts (account) where wakes_below is not null`.execute(db)
}
