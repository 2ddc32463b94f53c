import type { types } from '@slack/bolt'
import type { Badge, Card, FactsPart, Part, TextPart } from '../../../src/views/card.ts'
import { type ButtonNumbers, blockId, buttonNumbers, renderButton, renderMenu } from './button.ts'
import { drawList, TONES } from './draw-list.ts'
import { drawTable } from './draw-table.ts'
import { CUTS, LIMITS } from './limits.ts'
import { literal, mrkdwn, paragraphs, plain } from './text.ts'

/** Every block of a card, however many; `renderCard` keeps them within a message. */
export function drawCard(card: Card): readonly types.KnownBlock[] {
  const numbers = buttonNumbers(card.shows)
  return [
    drawTitle(card.title),
    ...(card.badge ? [drawBadge(card.badge)] : []),
    ...card.parts.flatMap(part => drawPart(part, numbers)),
    ...drawButtons(card, numbers),
  ]
}

export function drawPart(part: Part, numbers: ButtonNumbers): readonly types.KnownBlock[] {
  switch (part.kind) {
    case 'text':
      return drawText(part)
    case 'facts':
      return drawFacts(part)
    case 'list':
      return drawList(part, numbers)
    case 'chart':
      return drawText({ kind: 'text', text: part.text })
    case 'table':
      return drawTable(part)
    default:
      throw new Error(`Slack cannot draw ${JSON.stringify(part satisfies never)}`)
  }
}

function drawTitle(title: string): types.HeaderBlock {
  return { type: 'header', text: plain(title.replace(/\s+/g, ' '), LIMITS.header) }
}

function drawBadge(badge: Badge): types.SectionBlock {
  return { type: 'section', text: mrkdwn(`${TONES[badge.tone]} *${literal(badge.text, CUTS.badge)}*`) }
}

function drawText(part: TextPart): readonly types.KnownBlock[] {
  if (part.quiet) {
    return paragraphs(part.text, LIMITS.context).map(text => ({
      type: 'context',
      elements: [plain(text, LIMITS.context)],
    }))
  }
  return paragraphs(part.text, LIMITS.section).map(text => ({ type: 'section', text: plain(text, LIMITS.section) }))
}

function drawFacts(part: FactsPart): readonly types.KnownBlock[] {
  const fields = part.facts.map(fact =>
    mrkdwn(`*${literal(fact.label, CUTS.fact / 4)}*\n${literal(fact.value, CUTS.fact)}`),
  )
  const rows: types.KnownBlock[] = []
  for (let at = 0; at < fields.length; at += LIMITS.fields) {
    rows.push({ type: 'section', fields: fields.slice(at, at + LIMITS.fields) })
  }
  return rows
}

function drawButtons({ buttons = [], menu = [] }: Card, numbers: ButtonNumbers): readonly types.KnownBlock[] {
  const behind = renderMenu(menu, numbers)
  const elements = buttons
    .map(button => renderButton(button, numbers))
    .filter(button => button !== undefined)
    .slice(0, LIMITS.buttons - 1)
  const all = [...elements, ...(behind === undefined ? [] : [behind])]
  return all.length === 0 ? [] : [{ type: 'actions', ...blockId(numbers), elements: all }]
}
