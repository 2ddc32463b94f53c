import type { Card, Part } from '../../../src/views/card.ts'
import { TONES } from './draw-list.ts'
import { cut, isVisible, literal } from './text.ts'

/** Slack advises 4,000 characters for a message without blocks. */
const LONGEST = 3_900

/** The card as text alone, for when its blocks were refused. */
export function renderPlain(card: Card): string {
  const badge = card.badge ? ` – ${TONES[card.badge.tone]} ${literal(card.badge.text, 200)}` : ''
  const lines = [`*${literal(card.title, 150)}*${badge}`, literal(card.summary, 400), ...card.parts.flatMap(linesOf)]
  return cut(lines.join('\n'), LONGEST).replace(/&[a-z]*…$/, '…')
}

function linesOf(part: Part): readonly string[] {
  switch (part.kind) {
    case 'chart':
    case 'text':
      return isVisible(part.text) ? [literal(part.text, 1_000)] : []
    case 'facts':
      return part.facts.map(fact => `${literal(fact.label, 100)}: ${literal(fact.value, 400)}`)
    case 'table':
      return [
        `*${literal(part.caption, 300)}*`,
        ...part.rows.map(cells => `• ${literal(cells.map(({ text }) => text).join(' – '), 600)}`),
      ]
    case 'list':
      return [
        ...(part.heading === undefined ? [] : [`*${literal(part.heading, 300)}*`]),
        ...part.items.map(item => `• ${literal([item.lead, item.text, item.note].filter(Boolean).join(' – '), 600)}`),
      ]
    default:
      throw new Error(`Slack cannot write ${JSON.stringify(part satisfies never)}`)
  }
}
