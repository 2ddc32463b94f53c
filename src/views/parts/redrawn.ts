import type { Instant } from '../../domain/time/instant.ts'
import type { Card, Item, Part } from '../card.ts'
import { titleAt } from './age.ts'
import { dayText } from './amounts.ts'

/** What `dayText` writes: a day, and how far it is from the day of drawing. */
const DAY_TEXT = /\b(\d{4}-\d{2}-\d{2}), (?:today|in \d+ days?|\d+ days? ago)\b/g

/**
 * A card as it reads on the day on which it goes out: a message that waited, or that is edited days later, counts its
 * days again. What was true `asOf` some moment stays as it was.
 */
export function redrawn(card: Card, now: Instant): Card {
  if (card.asOf !== undefined) return card
  const titled = card.aged === undefined ? card : { ...card, title: titleAt(card.aged, now) }
  return { ...titled, summary: words(card.summary, now), parts: card.parts.map(part => redrawnPart(part, now)) }
}

function redrawnPart(part: Part, now: Instant): Part {
  switch (part.kind) {
    case 'text':
      return { ...part, text: words(part.text, now) }
    case 'facts':
      return { ...part, facts: part.facts.map(fact => ({ ...fact, value: words(fact.value, now) })) }
    case 'list':
      return { ...part, items: part.items.map(item => (item.asOf === undefined ? redrawnItem(item, now) : item)) }
    case 'table':
      return { ...part, rows: part.rows.map(row => row.map(cell => ({ ...cell, text: words(cell.text, now) }))) }
    case 'chart':
      return part
  }
}

export function redrawnItem(item: Item, now: Instant): Item {
  return { ...item, text: words(item.text, now), ...(item.note !== undefined && { note: words(item.note, now) }) }
}

function words(text: string, now: Instant): string {
  return text.replace(DAY_TEXT, (_, day: string) => dayText(day, now))
}
