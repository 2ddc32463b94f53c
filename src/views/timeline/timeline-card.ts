import type { RecurringTopic } from '../../domain/comments/recurring.ts'
import type { Model } from '../../domain/model/model.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'
import type { TimelineEntry } from '../../domain/timeline/timeline.ts'
import type { Card } from '../card.ts'
import { topicsText } from '../sources/topics-card.ts'
import { type TimelineReader, timelineItem } from './timeline-item.ts'

/** What happened to an account, newest first. What is not for the reader was left out before. */
export function timelineCard(
  model: Model,
  account: { readonly name: string },
  entries: readonly TimelineEntry[],
  reader: TimelineReader,
  topics: readonly RecurringTopic[] = [],
): Card {
  const empty = 'Nothing has happened that I know of.'
  const [newest] = entries
  const summary =
    newest === undefined ? empty : `${account.name}: last on ${dayIn(reader.timeZone ?? 'UTC', newest.at)}`
  return {
    title: `Timeline of ${account.name}`,
    summary,
    parts:
      entries.length === 0
        ? [{ kind: 'text', text: empty }]
        : [
            ...(topics.length === 0
              ? []
              : [{ kind: 'text' as const, text: `Comments of 90 days come back to: ${topicsText(topics)}` }]),
            { kind: 'list', items: entries.map(entry => timelineItem(model, entry, reader)) },
          ],
  }
}
