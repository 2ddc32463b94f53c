import type { Card, Part } from '../../../src/views/card.ts'
import { newDrawing, type Place } from './button.ts'
import { type Block, drawCard, drawPart } from './draw-card.ts'
import { wordsOf } from './draw-chart.ts'
import { BUDGET, CUTS, LIMITS } from './limits.ts'
import { cut, oneLine, paragraphs } from './text.ts'

/**
 * Pieces of a card that each fit one message. The first keeps the title, the badge and the buttons, so that what one
 * can do stands beside what it is about; the others go on in its thread. No item is ever parted.
 */
export function splitCard(card: Card, budget: Size = BUDGET, place: Place = 'message'): readonly Card[] {
  const whole = { ...budget, characters: budget.characters - CUTS.summary }
  // Most cards fit. Of a long table only its first rows are drawn.
  if (rowsIn(card) <= LIMITS.rows && !isOver(sizeOf(drawCard(card, place)), whole)) return [card]
  const drawn = (part: Part) => drawPart(part, newDrawing(place))
  const costOf = (part: Part) => sizeOf(drawn(part))
  const roomBeside = (card: Card) => minus(whole, sizeOf(drawCard(card, place)))
  const pieces: Card[] = []
  let piece: Card = { ...card, parts: [] }
  let room = roomBeside(piece)
  let source: number | undefined

  for (const unit of card.parts.flatMap(unitsOf)) {
    const goesOn = unit.source === source && piece.parts.length > 0
    const cost = goesOn ? costOfMore(drawn(unit.bare)) : costOf(unit.part)
    if (piece.parts.length > 0 && isOver(cost, room)) {
      pieces.push(piece)
      piece = { ...continuation(card, pieces.length + 1), parts: [unit.part] }
      room = minus(roomBeside({ ...piece, parts: [] }), costOf(unit.part))
    } else {
      piece = { ...piece, parts: goesOn ? joined(piece.parts, unit.bare) : [...piece.parts, unit.part] }
      room = minus(room, cost)
    }
    source = unit.source
  }
  return pieces.length === 0 ? [card] : [...pieces, piece]
}

/** `cells` is the characters in tables, `rows` the rows there. */
export type Size = Readonly<Record<'blocks' | 'characters' | 'cells' | 'rows', number>>

/** What never gets parted; `bare` goes on a list that has its heading already, `source` is the part it came from. */
type Unit = { readonly part: Part; readonly bare: Part; readonly source: number }

function unitsOf(whole: Part, source: number): readonly Unit[] {
  switch (whole.kind) {
    case 'text':
      return paragraphs(whole.text, whole.quiet ? LIMITS.context : LIMITS.section)
        .map(text => ({ ...whole, text }))
        .map(part => ({ part, bare: part, source }))
    case 'chart': {
      const bare: Part = { ...whole, text: '' }
      return [{ part: bare, bare, source }, ...unitsOf(wordsOf(whole), source)]
    }
    case 'table':
      if (whole.rows.length === 0) return [{ part: whole, bare: whole, source }]
      return whole.rows.map(row => ({ ...whole, rows: [row] })).map(part => ({ part, bare: part, source }))
    case 'facts':
      return chunks(whole.facts, LIMITS.fields)
        .map(facts => ({ ...whole, facts }))
        .map(part => ({ part, bare: part, source }))
    case 'list':
      if (whole.items.length === 0) return [{ part: whole, bare: whole, source }]
      return whole.items.map(item => ({
        part: { ...whole, items: [item] },
        bare: { kind: 'list', items: [item] },
        source,
      }))
    default:
      throw new Error(`Slack cannot split ${JSON.stringify(whole satisfies never)}`)
  }
}

function joined(parts: readonly Part[], more: Part): readonly Part[] {
  const last = parts.at(-1)
  if (last?.kind === 'table' && more.kind === 'table') {
    return [...parts.slice(0, -1), { ...last, rows: [...last.rows, ...more.rows] }]
  }
  if (last?.kind !== 'list' || more.kind !== 'list') return [...parts, more]
  return [...parts.slice(0, -1), { ...last, items: [...last.items, ...more.items] }]
}

function continuation(card: Card, number: number): Card {
  const suffix = ` … continued (${number})`
  const title = cut(oneLine(card.title), LIMITS.header / 2 - suffix.length)
  return { title: title + suffix, summary: `${cut(oneLine(card.summary), CUTS.summary / 2)} (${number})`, parts: [] }
}

/** A further row of a table brings neither a block nor a head of its own. */
function costOfMore(blocks: readonly Block[]): Size {
  const [table] = blocks
  if (table?.type !== 'data_table') return sizeOf(blocks)
  return { blocks: 0, characters: 0, cells: charactersIn(table.rows.slice(1)), rows: 1 }
}

function isOver(cost: Size, room: Size): boolean {
  return (
    cost.blocks > room.blocks || cost.characters > room.characters || cost.cells > room.cells || cost.rows > room.rows
  )
}

function rowsIn({ parts }: Card): number {
  return parts.reduce((sum, part) => sum + (part.kind === 'table' ? part.rows.length : 0), 0)
}

function sizeOf(blocks: readonly Block[]): Size {
  const tables = blocks.filter(block => block.type === 'data_table')
  const rows = tables.flatMap(table => table.rows.slice(1))
  return {
    blocks: blocks.length,
    characters: charactersIn(blocks.filter(block => block.type !== 'data_table')),
    cells: charactersIn(tables.map(table => table.rows)),
    rows: rows.length,
  }
}

/** Every `text` string anywhere, and one for the line end that may join two items. */
function charactersIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  if (Array.isArray(value)) return value.reduce((sum, inner) => sum + charactersIn(inner), 0)
  let sum = 0
  for (const key in value) {
    const inner: unknown = value[key as keyof typeof value]
    if (key === 'text' && typeof inner === 'string') sum += inner.length + 1
    else if (typeof inner === 'object') sum += charactersIn(inner)
  }
  return sum
}

function minus(a: Size, b: Size): Size {
  return {
    blocks: a.blocks - b.blocks,
    characters: a.characters - b.characters,
    cells: a.cells - b.cells,
    rows: a.rows - b.rows,
  }
}

function chunks<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return all.length === 0 ? [] : [all.slice(0, size), ...chunks(all.slice(size), size)]
}
