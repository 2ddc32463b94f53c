import type { types } from '@slack/bolt'
import type { Badge, Card, FactsPart, Part, TextPart } from '../../../src/views/card.ts'
import { blockId, type Drawing, newDrawing, type Place, renderButton, renderMenu } from './button.ts'
import { type ChartBlock, drawChart, wordsOf } from './draw-chart.ts'
import { drawList, TONES } from './draw-list.ts'
import { drawTable } from './draw-table.ts'
import { CUTS, LIMITS } from './limits.ts'
import { literal, mrkdwn, paragraphs, plain } from './text.ts'

export type Block = types.KnownBlock | ChartBlock

const drawn = new WeakMap<Card, Map<Place, readonly Block[]>>()

/**
 * Every block of a card, however many; `renderCard` keeps them within a message. A card is drawn once for a place, however
 * often it is measured.
 */
export function drawCard(card: Card, place: Place): readonly Block[] {
  const kept = drawn.get(card) ?? new Map<Place, readonly Block[]>()
  drawn.set(card, kept)
  const blocks = kept.get(place) ?? blocksOf(card, place)
  kept.set(place, blocks)
  return blocks
}

function blocksOf(card: Card, place: Place): readonly Block[] {
  const drawing = newDrawing(place, card.shows)
  return [
    drawTitle(card.title),
    ...(card.badge ? [drawBadge(card.badge)] : []),
    ...card.parts.flatMap(part => drawPart(part, drawing)),
    ...drawButtons(card, drawing),
  ]
}

export function drawPart(part: Part, drawing: Drawing): readonly Block[] {
  switch (part.kind) {
    case 'text':
      return drawText(part)
    case 'facts':
      return drawFacts(part)
    case 'list':
      return drawList(part, drawing)
    case 'chart':
      return [...(drawing.takesChart() ? drawChart(part) : []), ...drawText(wordsOf(part))]
    case 'table':
      return drawTable(part, drawing)
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

function drawButtons({ buttons = [], menu = [] }: Card, drawing: Drawing): readonly types.KnownBlock[] {
  const behind = renderMenu(menu, drawing)
  const elements = buttons
    .map(button => renderButton(button, drawing))
    .filter(button => button !== undefined)
    .slice(0, LIMITS.buttons - 1)
  const all = [...elements, ...(behind === undefined ? [] : [behind])]
  return all.length === 0 ? [] : [{ type: 'actions', ...blockId(drawing), elements: all }]
}
