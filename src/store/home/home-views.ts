import { sql } from 'kysely'
import type { Instant } from '../../domain/time/instant.ts'
import type { PlatformUser } from '../people/platform-users.ts'
import type { Db } from '../tables.ts'

/** A person's own page: when they last looked at it, and the words that ask for what it shows. */
export type HomeView = PlatformUser & { readonly openedAt: Instant; readonly words: string }

export async function saveHomeView(
  db: Db,
  { platform, userId }: PlatformUser,
  at: Instant,
  words = 'home',
): Promise<void> {
  const seen = { opened_at: at, words }
  await db
    .insertInto('home_views')
    .values({ platform, user_id: userId, ...seen })
    .onConflict(conflict => conflict.columns(['platform', 'user_id']).doUpdateSet(seen))
    .execute()
}

/** The pages that were looked at since then. */
export async function homeViewsSince(db: Db, since: Instant): Promise<HomeView[]> {
  const rows = await db.selectFrom('home_views').selectAll().where('opened_at', '>=', since).execute()
  return rows.map(({ platform, user_id, opened_at, words }) => ({
    platform,
    userId: user_id,
    openedAt: opened_at,
    words,
  }))
}

/** Changes whenever something that a page may show changes: acts of people, scorings, alerts, tasks. */
export async function homeMark(db: Db): Promise<string> {
  const { rows } = await sql<Record<string, number | null>>`select
    (select max(id) from audit) as acted,
    (select max(at) from current_status) as scored,
    (select max(opened_at) from alerts) as opened,
    (select max(resolved_at) from alerts) as resolved,
    (select max(created_at) from tasks) as added,
    (select max(id) from outbox) as written`.execute(db)
  return JSON.stringify(rows[0])
}
