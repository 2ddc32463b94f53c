import type { Card } from '../card.ts'

/** A card that was drawn again after an act: what came of the act stands above it. */
export function withResult(card: Card, { title, summary, buttons = [] }: Card): Card {
  const choices = buttons.filter(({ action }) => action !== 'show')
  const item = { lead: title, text: summary, ...(choices.length > 0 && { choices }) }
  return { ...card, summary, parts: [{ kind: 'list', items: [item] }, ...card.parts] }
}
