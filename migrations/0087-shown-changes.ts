import { type Kysely, sql } from 'kysely'

/** A change is kept as people see it: the shown score minus the score that was shown 30 days before. */
export async function shownChanges(db: Kysely<any>): Promise<void> {
  await sql`update current_status set change_30d = shown - floor(score - change_30d + 0.5 + 1e-9)
    where change_30d is not null`.execute(db)
}
