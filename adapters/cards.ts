import type { SubmissionReply } from '../src/chat/port.ts'
import type { Card } from '../src/views/card.ts'

/** A card that says one sentence. */
export function sentenceCard(title: string, sentence: string): Card {
  return { title, summary: sentence, parts: [{ kind: 'text', text: sentence }] }
}

/** The result of a form, including refusals that come too late to be shown under their fields. */
export function outcomeCard(reply: SubmissionReply, title: string): Card {
  if (reply.kind === 'card') return reply.card
  const sentences = Object.values(reply.errors)
  return {
    title,
    summary: sentences.join(' '),
    parts: [
      ...sentences.map(text => ({ kind: 'text', text }) as const),
      { kind: 'text', text: 'Open the form again.', quiet: true },
    ],
  }
}
