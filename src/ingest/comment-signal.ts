import type { Comment } from '../store/comments.ts'
import type { NewSignal } from '../store/signals.ts'
import { SENTIMENT_METRIC } from './sentiment.ts'

/** What a comment says to the score. */
export function signalOfComment(comment: Comment): NewSignal {
  const { account, id, sentiment, observedAt, receivedAt, source } = comment
  return { account, metric: SENTIMENT_METRIC, value: sentiment, observedAt, receivedAt, id, source }
}
