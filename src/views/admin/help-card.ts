import type { Card } from '../card.ts'

export function helpCard(commands: readonly { readonly usage: string; readonly does: string }[]): Card {
  return {
    title: 'What Rounds understands',
    summary: 'The commands of Rounds',
    parts: [
      { kind: 'list', items: commands.map(({ usage, does }) => ({ lead: usage, text: does })) },
      {
        kind: 'text',
        quiet: true,
        text: 'In a channel or thread, mention me: "@Rounds acme". In a direct message, just write "acme". Part of a name is enough, and typos are fine.',
      },
    ],
  }
}
