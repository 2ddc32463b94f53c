import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import type { Button, Card, Item, Part } from '../card.ts'
import { redrawnItem } from '../parts/redrawn.ts'
import { countedAnew } from '../parts/tally.ts'
import { alertReasonText } from './alert-reason.ts'
import { alertStateText } from './alert-words.ts'

/** What a line about an alert names itself, so that a later change finds it in every copy. */
export function aboutAlert(id: string): string {
  return `alert:${id}`
}

export function claimButton(alert: string): Button {
  return { label: 'Claim', action: 'claim', value: alert, style: 'primary' }
}

/** The same card with the line about an alert updated: its holder instead of the button to claim it. */
export function withAlertState(card: Card, alert: AlertDetails): Card {
  return {
    ...card,
    parts: card.parts.map(part => countedAnew(lines(part), alert)),
  }

  function lines(part: Part): Part {
    if (part.kind !== 'list') return part
    return { ...part, items: part.items.map(item => (item.about === aboutAlert(alert.id) ? restated(item) : item)) }
  }

  function restated(item: Item): Item {
    const [reason = ''] = (item.note ?? '').split('\n')
    const restated = { ...item, note: `${reason}\n${holderText(alert)}`, button: lineButton(alert) }
    return alert.state === 'resolved' ? { ...redrawnItem(restated, alert.asOf), asOf: alert.asOf } : restated
  }
}

/** The same card without the line about an alert. */
export function withoutAlert(card: Card, id: string): Card {
  return {
    ...card,
    parts: card.parts.map(part =>
      part.kind === 'list' ? { ...part, items: part.items.filter(({ about }) => about !== aboutAlert(id)) } : part,
    ),
  }
}

/** Below a line: the alert's reason, and who has it. */
export function alertNote(alert: AlertDetails): string {
  return `${alertReasonText(alert, alert.about.renewalOn, alert.asOf)}\n${holderText(alert)}`
}

function holderText(alert: AlertDetails): string {
  const { owner } = alert.about
  if (alert.state !== 'open') return alertStateText(alert)
  return owner === undefined ? 'No owner' : `Owner ${alert.nameOf(owner)}`
}

export function lineButton({ id, state, claimedBy, account }: AlertDetails): Button {
  const isFree = state === 'open' || (state === 'snoozed' && claimedBy === undefined)
  return isFree ? claimButton(id) : { label: 'Show', action: 'show', value: account.id }
}
