import { mayShowArr } from '../../domain/accounts/visibility.ts'
import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import { leadingFirst } from '../../domain/alerts/together.ts'
import type { Destination } from '../../domain/delivery/destination.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Settings } from '../../model/settings.ts'
import { findAlertDetails } from '../../store/alerts/alert-details.ts'
import { alertsShownWith } from '../../store/delivery/account-cards.ts'
import { changeMessagesNaming } from '../../store/delivery/outbox.ts'
import type { Db } from '../../store/tables.ts'
import { type AlertCardOptions, alertCard, withheldCard } from '../../views/alerts/alert-card.ts'
import { withAlertState, withoutAlert } from '../../views/alerts/alert-line.ts'
import type { Card } from '../../views/card.ts'
import { refreshRunOfAlert } from '../playbooks/refresh-tasks.ts'
import { withheldFrom } from './withhold-alert.ts'

export type Shown = Pick<Settings, 'model' | 'digests' | 'routes'>

/**
 * Makes every copy of an alert show it as it stands: its own posts again, with the account's other alerts on them, the
 * lines of digests and lists in place.
 */
export async function refreshAlert(db: Db, settings: Shown, id: string, now: Instant): Promise<void> {
  const posts = await alertsShownWith(db, id)
  const together = await findAlertDetails(db, [...new Set([id, ...[...posts.values()].flat()])], now)
  const alert = together.find(other => other.id === id)
  if (alert === undefined) return
  const isWithheld = await withheldFrom(db, alert, settings.routes.admins)
  await changeMessagesNaming(db, id, (card, { to, message, purpose, isShown }) => {
    const shown = posts.get(message)
    if (shown === undefined) return isWithheld(to) ? withoutAlert(card, id) : withAlertState(card, alert)
    if (isWithheld(to)) return withheldCard(alert)
    const alerts = together.filter(other => shown.includes(other.id))
    // The reason for a message is shown until it is sent; by then somebody may have claimed the alert.
    return cardFor(settings, alerts, to, isShown || purpose === 'step' ? undefined : introOf(card))
  })
  await refreshRunOfAlert(db, id)
}

/** Such a card begins with a paragraph only where that says why it comes. */
function introOf({ parts: [first] }: Card): string | undefined {
  return first?.kind === 'text' ? first.text : undefined
}

/** The card of one account's alerts as a destination may see it: with ARR in direct messages, and where a digest shows it. */
export function cardFor(settings: Shown, alerts: readonly AlertDetails[], to: Destination, intro?: string): Card {
  const [lead, ...others] = alerts.toSorted(leadingFirst)
  if (lead === undefined) throw new Error('a card of alerts needs one')
  const options: AlertCardOptions =
    to.person === undefined ? { showArr: mayShowArr(settings.digests, to) } : { showArr: true, reader: to.person }
  return alertCard(settings.model, lead, { ...options, others, ...(intro !== undefined && { intro }) })
}
