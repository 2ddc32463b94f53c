import type { Card, Part } from '../card.ts'

/** Commands that belong together, under their heading. */
export type HelpGroup = {
  readonly heading: string
  readonly commands: readonly { readonly usage: string; readonly does: string }[]
}

/** What can be asked by somebody; `notes` say what is not set up yet, and how it is. */
export function helpCard(groups: readonly HelpGroup[], notes: readonly string[], examples: readonly string[]): Card {
  return {
    title: 'What Rounds understands',
    summary: 'The commands of Rounds',
    parts: [
      ...notes.map((text): Part => ({ kind: 'text', text })),
      { kind: 'text', text: `Ask as you would ask a person: ${examples.join(' · ')}` },
      ...groups
        .filter(({ commands }) => commands.length > 0)
        .map(
          ({ heading, commands }): Part => ({
            kind: 'list',
            heading,
            items: commands.map(({ usage, does }) => ({ lead: usage, text: does })),
          }),
        ),
      {
        kind: 'text',
        quiet: true,
        text: 'In a channel or thread, mention me: "@Rounds acme". In a direct message, just write "acme". Part of a name is enough, and typos are fine.',
      },
    ],
  }
}
