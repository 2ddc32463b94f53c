import type { RecurringTopic } from '../../domain/comments/recurring.ts'
import { counted } from '../../domain/counted.ts'
import type { Card, Item } from '../card.ts'

/** What comes up in comments again and again: counts, never words of a customer. */
export function topicsCard(topics: readonly RecurringTopic[]): Card {
  const summary =
    topics.length === 0
      ? `No topic came up twice in the comments in the last 90 days.`
      : `${counted(topics.length, 'topic')} came up more than once in the comments in the last 90 days.`
  return {
    title: 'Topics',
    summary,
    parts: [
      { kind: 'text', text: summary },
      ...(topics.length === 0 ? [] : [{ kind: 'list' as const, items: topics.map(topicItem) }]),
      {
        kind: 'text',
        quiet: true,
        text: 'Topics are found by their words; sources.yaml can add words and topics of your own.',
      },
    ],
  }
}

/** "Speed and reliability (3), Support (2)" */
export function topicsText(topics: readonly RecurringTopic[]): string {
  return topics.map(({ label, comments }) => `${label} (${comments})`).join(', ')
}

function topicItem({ label, comments, accounts, before }: RecurringTopic): Item {
  const change = comments - before
  const than = change === 0 ? 'as many as' : `${Math.abs(change)} ${change > 0 ? 'more' : 'fewer'} than`
  return {
    lead: label,
    text: `${counted(comments, 'comment')} from ${counted(accounts, 'account')}`,
    note: `${than} in the 90 days before`,
  }
}
