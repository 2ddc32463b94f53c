import { type AboutTopics, TOPIC_WINDOW } from '../../domain/comments/recurring.ts'
import { type Topic, topicsOf } from '../../domain/comments/topic.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { isCustomerKey } from '../accounts/customers.ts'
import type { Db } from '../tables.ts'

/** The newest this many are read; they say enough. */
const MOST = 20_000

/** The topics of comments in two windows, of one account or of all customers; their texts stay here. */
export async function readCommentTopics(
  db: Db,
  topics: readonly Topic[],
  now: Instant,
  account?: number,
): Promise<AboutTopics[]> {
  const rows = await db
    .selectFrom('comments')
    .select(['account', 'observed_at', 'text', 'topics'])
    .where('observed_at', '>', now - 2 * TOPIC_WINDOW)
    .where('observed_at', '<=', now)
    .where(eb => (account === undefined ? isCustomerKey('comments.account') : eb('account', '=', account)))
    .orderBy('observed_at', 'desc')
    .limit(MOST)
    .execute()
  return rows.map(({ account, observed_at, text, topics: kept }) => ({
    account,
    at: observed_at,
    topics: text === '' ? (kept ?? '').split('\n').filter(topic => topic !== '') : topicsOf(text, topics),
  }))
}
