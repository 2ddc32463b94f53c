import type { Card, Part } from '../../../src/views/card.ts'
import type { ButtonStyle } from './button.ts'
import { drawCard, drawPart, styleOf } from './draw-card.ts'
import { wordsOf } from './draw-chart.ts'
import { BUDGET, CUTS, LIMITS, sizeOf } from './limits.ts'
import { cut, oneLine, paragraphs } from './text.ts'

/**
 * Pieces of a card that each fit one message. The first keeps the title, the badge and the buttons, so that what one
 * can do stands beside what it is about; the others go on in its thread. No item is ever parted.
 */
export function splitCard(card: Card, most: number = LIMITS.card): readonly Card[] {
  const style = styleOf(card, { dialogs: true })
  const pieces: Card[] = []
  let piece: Card = { ...card, parts: [] }
  let room = roomBeside(piece, most)
  let source: number | undefined

  for (const unit of card.parts.flatMap(unitsOf)) {
    const goesOn = unit.source === source && piece.parts.length > 0
    const cost = goesOn ? costOfMore(unit.bare, style) : costOf(unit.part, style)
    if (piece.parts.length > 0 && cost > room) {
      pieces.push(piece)
      piece = { ...continuation(card, pieces.length + 1), parts: [unit.part] }
      room = roomBeside({ ...piece, parts: [] }, most) - costOf(unit.part, style)
    } else {
      piece = { ...piece, parts: goesOn ? joined(piece.parts, unit.bare) : [...piece.parts, unit.part] }
      room -= cost
    }
    source = unit.source
  }
  return pieces.length === 0 ? [card] : [...pieces, piece]
}

/** What never gets parted; `bare` goes on a list that has its heading already, `source` is the part it came from. */
type Unit = { readonly part: Part; readonly bare: Part; readonly source: number }

function unitsOf(whole: Part, source: number): readonly Unit[] {
  const same = (part: Part): Unit => ({ part, bare: part, source })
  switch (whole.kind) {
    case 'text':
      return paragraphs(whole.text, BUDGET.paragraph, text => costOf({ ...whole, text }, { dialogs: true })).map(text =>
        same({ ...whole, text }),
      )
    case 'table':
      return whole.rows.length === 0 ? [same(whole)] : whole.rows.map(row => same({ ...whole, rows: [row] }))
    case 'chart':
      return [same({ ...whole, text: '' }), ...unitsOf(wordsOf(whole), source)]
    case 'facts':
      return whole.facts.map(fact => same({ ...whole, facts: [fact] }))
    case 'list':
      if (whole.items.length === 0) return [same(whole)]
      return whole.items.map(item => ({
        part: { ...whole, items: [item] },
        bare: { kind: 'list', items: [item] },
        source,
      }))
    default:
      throw new Error(`Teams cannot split ${JSON.stringify(whole satisfies never)}`)
  }
}

function joined(parts: readonly Part[], more: Part): readonly Part[] {
  const last = parts.at(-1)
  if (last?.kind === 'list' && more.kind === 'list') {
    return [...parts.slice(0, -1), { ...last, items: [...last.items, ...more.items] }]
  }
  if (last?.kind === 'table' && more.kind === 'table') {
    return [...parts.slice(0, -1), { ...last, rows: [...last.rows, ...more.rows] }]
  }
  if (last?.kind === 'facts' && more.kind === 'facts') {
    return [...parts.slice(0, -1), { ...last, facts: [...last.facts, ...more.facts] }]
  }
  return [...parts, more]
}

function continuation(card: Card, number: number): Card {
  const suffix = ` … continued (${number})`
  const title = cut(oneLine(card.title), CUTS.title - suffix.length)
  return { title: title + suffix, summary: `${cut(oneLine(card.summary), CUTS.summary - 10)} (${number})`, parts: [] }
}

/** What is left for the parts; the most that buttons can take, and the sentence that there is more, are taken off. */
function roomBeside(card: Card, most: number): number {
  return most - 500 - sizeOf(drawCard(card, { dialogs: true }))
}

function costOf(part: Part, style: ButtonStyle): number {
  return sizeOf(drawPart(part, style))
}

/** A further row of a table brings no head of its own. */
function costOfMore(part: Part, style: ButtonStyle): number {
  if (part.kind !== 'table') return costOf(part, style)
  return costOf(part, style) - costOf({ ...part, rows: [] }, style) + 1
}
