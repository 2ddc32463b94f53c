import { recurringTopics } from '../../domain/comments/recurring.ts'
import { readCommentTopics } from '../../store/comments/comment-topics.ts'
import { topicsCard } from '../../views/sources/topics-card.ts'
import { audienceOf } from '../accounts/find/with-account.ts'
import type { Command } from '../command.ts'

/** What customers write about again and again, as counts that name nobody. */
export const topics: Command = async ({ connection, settings, clock }, request) => {
  const now = clock()
  const comments = await readCommentTopics(connection.db, settings.sources.comments.topics, now)
  return { kind: 'card', card: topicsCard(recurringTopics(comments, now)), audience: audienceOf(request) }
}
