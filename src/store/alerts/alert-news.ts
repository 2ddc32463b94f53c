import type { Instant } from '../../domain/time/instant.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'

/** What is still to be announced about an alert. */
export type News = 'opened' | 'resolved' | 'woke'

export type PendingNews = { readonly id: string; readonly news: News; readonly openedAt: Instant }

/** Oldest first. */
export async function pendingAlertNews(db: Db): Promise<PendingNews[]> {
  const rows = await db
    .selectFrom('alerts')
    .select(['id', 'pending_news', 'opened_at'])
    .where('pending_news', 'is not', null)
    .orderBy('opened_at')
    .orderBy('id')
    .execute()
  return rows.map(({ id, pending_news, opened_at }) => ({ id, news: pending_news as News, openedAt: opened_at }))
}

/** True for the process that announces it. */
export async function markAnnounced(db: Db, id: string, news: News): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('alerts')
    .set({ pending_news: null })
    .where('id', '=', id)
    .where('pending_news', '=', news)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** The alerts, among many, that this process is the one to announce. */
export async function markAllAnnounced(db: Db, ids: readonly string[], news: News): Promise<Set<string>> {
  const marked = new Set<string>()
  for (const part of slices(ids)) {
    const update = db.updateTable('alerts').set({ pending_news: null }).where('pending_news', '=', news)
    for (const { id } of await update.where('id', 'in', part).returning('id').execute()) marked.add(id)
  }
  return marked
}

/** How many alerts one run opened that are posted, and about how many accounts. */
export async function countOpenedAt(db: Db, at: Instant): Promise<{ alerts: number; concerned: number }> {
  const { alerts, concerned } = await db
    .selectFrom('alerts')
    .select(({ fn }) => [fn.countAll<number>().as('alerts'), fn.count<number>('account').distinct().as('concerned')])
    .where('opened_at', '=', at)
    .where('is_muted', '=', 0)
    .executeTakeFirstOrThrow()
  return { alerts: Number(alerts), concerned: Number(concerned) }
}

export async function alertsOpenedAt(db: Db, at: Instant): Promise<string[]> {
  const rows = await db
    .selectFrom('alerts')
    .select('id')
    .where('opened_at', '=', at)
    .where('is_muted', '=', 0)
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}
