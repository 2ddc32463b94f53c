import type { Card } from '../card.ts'

/** A card redrawn after an act, with the result on top. */
export function withResult(card: Card, { title, summary, buttons = [] }: Card): Card {
  const choices = buttons.filter(({ action }) => action !== 'show')
  const item = { lead: title, text: summary, ...(choices.length > 0 && { choices }) }
  return { ...card, summary, parts: [{ kind: 'list', items: [item] }, ...card.parts] }
}
