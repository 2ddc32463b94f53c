import type { Card } from './card.ts'

type DigestLine = {
  readonly name: string
  readonly schedule: string
  readonly time_zone: string
  readonly to: string
  readonly kind: 'changes' | 'portfolio'
}

/** Which digests there are, when each goes out, and where to. */
export function digestsCard(known: readonly { readonly digest: DigestLine; readonly isPaused: boolean }[]): Card {
  const empty = 'There is no digest yet. An admin can make one with /health digest create NAME.'
  return {
    title: 'Digests',
    summary: known.length === 0 ? empty : `Digests: ${known.map(({ digest }) => digest.name).join(', ')}`,
    parts: [
      known.length === 0
        ? { kind: 'text', text: empty }
        : {
            kind: 'list',
            items: known.map(({ digest, isPaused }) => ({
              lead: digest.name,
              text: `${digest.schedule} in ${digest.time_zone}, to ${digest.to}${isPaused ? ' · paused' : ''}`,
              note: digest.kind === 'portfolio' ? 'The portfolio as a whole' : 'What changed',
            })),
          },
      { kind: 'text', quiet: true, text: '/health digest now NAME shows you what it would say.' },
    ],
  }
}
