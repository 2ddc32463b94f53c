import { counted } from '../../domain/counted.ts'
import type { Card } from '../card.ts'

const MOST_NAMED = 20

type Unplaced = { readonly source: string; readonly name: string; readonly events: number }

/** What admins hear of webhooks about customers that are no account here. */
export function unplacedCard(unplaced: readonly Unplaced[]): Card {
  const total = unplaced.reduce((sum, { events }) => sum + events, 0)
  const summary = `${counted(total, 'event')} waited 7 days for ${unplaced.length === 1 ? 'an account that is' : 'accounts that are'} not here, and ${total === 1 ? 'was' : 'were'} dropped.`
  const more = unplaced.length - MOST_NAMED
  return {
    title: 'Events without an account',
    summary,
    parts: [
      { kind: 'text', text: summary },
      {
        kind: 'list',
        items: [
          ...unplaced
            .slice(0, MOST_NAMED)
            .map(({ source, name, events }) => ({ lead: source, text: `${name}: ${counted(events, 'event')}` })),
          ...(more > 0 ? [{ text: `and ${counted(more, 'other')}` }] : []),
        ],
      },
      {
        kind: 'text',
        quiet: true,
        text: 'Import these accounts, or give accounts an attribute such as stripe_id with the id that the source uses. Then send the events again.',
      },
    ],
  }
}
