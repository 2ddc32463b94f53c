import type { Comment } from '../../store/comments/comments.ts'
import type { NewSignal } from '../../store/sources/signals.ts'
import { SENTIMENT_METRIC } from './sentiment.ts'

/** What a comment contributes to the score: nothing if its tone is unknown. */
export function signalsOfComment(comment: Comment): NewSignal[] {
  const { account, id, sentiment, observedAt, receivedAt, source } = comment
  if (sentiment === undefined) return []
  return [{ account, metric: SENTIMENT_METRIC, value: sentiment, observedAt, receivedAt, id, source }]
}
