import { counted } from '../../domain/counted.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Card } from '../card.ts'
import { agoText } from '../scoring/evidence.ts'

type Connected = { readonly id: string; readonly name: string; readonly usedAt: Instant }

/** The code that tells an assistant who somebody is, and the assistants that ask for them already. */
export function connectionsCard(code: string | undefined, connected: readonly Connected[], now: Instant): Card {
  const summary =
    code === undefined
      ? `${counted(connected.length, 'assistant')} can ask for you.`
      : `Your code is ${code}, for ten minutes.`
  return {
    title: 'Assistants',
    summary,
    shows: 'connect list',
    parts: [
      ...(code === undefined
        ? []
        : [
            { kind: 'text' as const, text: `Your code: ${code}` },
            {
              kind: 'text' as const,
              quiet: true,
              text: 'Type it on the page that your assistant opens. It works once, within ten minutes. Show it to nobody: anyone who has it can ask as you.',
            },
          ]),
      {
        kind: 'list',
        heading: connected.length === 0 ? 'No assistant is connected.' : 'Connected',
        items: connected.map(({ id, name, usedAt }) => ({
          lead: name,
          text: `last refreshed ${agoText(usedAt, now)}`,
          button: { label: 'End', action: 'disconnect' as const, value: id, style: 'danger' as const },
        })),
      },
    ],
  }
}
