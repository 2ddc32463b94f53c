import type { Card, Part, Tone } from '../../../src/views/card.ts'
import { CUTS, LIMITS } from './limits.ts'
import { clean, cut, inert, isVisible, words } from './text.ts'

/** As characters: plain text has no colors, and in a notification they read well. */
const TONES: Readonly<Record<Tone, string>> = { good: '🟢', warn: '🟡', bad: '🔴', neutral: '⚪' }

/** The card as text alone, for when the card itself was refused. To be sent with `textFormat: 'plain'`. */
export function renderPlain(card: Card): string {
  const badge = card.badge ? ` – ${TONES[card.badge.tone]} ${words(card.badge.text, CUTS.badge)}` : ''
  const all = [`${words(card.title, CUTS.title)}${badge}`, renderSummary(card), ...card.parts.flatMap(linesOf)]
  return cut(all.join('\n'), LIMITS.plain)
}

/** The sentence that stands for the card: the notification. */
export function renderSummary(card: Card): string {
  return words(isVisible(card.summary) ? card.summary : card.title, CUTS.summary)
}

function linesOf(part: Part): readonly string[] {
  switch (part.kind) {
    case 'chart':
    case 'text':
      return isVisible(part.text) ? [cut(inert(clean(part.text)).trim(), 1_000)] : []
    case 'facts':
      return part.facts.map(fact => `${words(fact.label, CUTS.label)}: ${words(fact.value, CUTS.fact)}`)
    case 'table':
      return [
        words(part.caption, CUTS.heading),
        ...part.rows.map(cells => `• ${words(cells.map(({ text }) => text).join(' – '), CUTS.note)}`),
      ]
    case 'list':
      return [
        ...(part.heading === undefined ? [] : [words(part.heading, CUTS.heading)]),
        ...part.items.map(
          item =>
            `• ${item.tone ? `${TONES[item.tone]} ` : ''}${words([item.lead, item.text, item.note].filter(Boolean).join(' – '), CUTS.note)}`,
        ),
      ]
    default:
      throw new Error(`Teams cannot write ${JSON.stringify(part satisfies never)}`)
  }
}
