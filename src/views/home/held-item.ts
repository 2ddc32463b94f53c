import { aboutAlert } from '../alerts/alert-line.ts'
import type { Button, Card, Item } from '../card.ts'

/** One line for a message that somebody wanted to read in the morning, with the first thing that it offers. */
export function heldItem({ card, alerts }: { readonly card: Card; readonly alerts: readonly string[] }): Item {
  const [alert, ...others] = alerts
  const button =
    card.shows === undefined ? firstButton(card) : { label: 'Show', action: 'turn' as const, value: card.shows }
  return {
    lead: card.title,
    text: card.summary,
    ...(button !== undefined && { button }),
    ...(alert !== undefined && others.length === 0 && { about: aboutAlert(alert) }),
  }
}

function firstButton({ buttons = [], parts }: Card): Button | undefined {
  const beside = parts.flatMap(part => (part.kind === 'list' ? part.items : [])).flatMap(({ button }) => button ?? [])
  return buttons[0] ?? beside[0]
}
