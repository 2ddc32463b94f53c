import { mayShowArr } from '../../domain/accounts/visibility.ts'
import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import type { Destination } from '../../domain/delivery/destination.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Settings } from '../../model/settings.ts'
import { findAlertDetailsOrNone } from '../../store/alerts/alert-details.ts'
import { changeMessagesNaming } from '../../store/delivery/outbox.ts'
import type { Db } from '../../store/tables.ts'
import { type AlertCardOptions, alertCard, withheldCard } from '../../views/alerts/alert-card.ts'
import { withAlertState, withoutAlert } from '../../views/alerts/alert-line.ts'
import type { Card } from '../../views/card.ts'
import { withheldFrom } from './withhold-alert.ts'

export type Shown = Pick<Settings, 'model' | 'digests' | 'routes'>

/** Makes every copy of an alert show it as it stands: its own posts again, the lines of digests and lists in place. */
export async function refreshAlert(db: Db, settings: Shown, id: string, now: Instant): Promise<void> {
  const alert = await findAlertDetailsOrNone(db, id, now)
  if (alert === undefined) return
  const isWithheld = await withheldFrom(db, alert, settings.routes.admins)
  await changeMessagesNaming(db, id, (card, { to, subject }) => {
    const isOwnPost = subject.of === 'alert' && subject.id === id
    if (!isOwnPost) return isWithheld(to) ? withoutAlert(card, id) : withAlertState(card, alert)
    return isWithheld(to) ? withheldCard(alert) : cardFor(settings, alert, to)
  })
}

/** An alert's card as a destination may see it: ARR in direct messages, and where a digest shows it. */
export function cardFor(settings: Shown, alert: AlertDetails, to: Destination, intro?: string): Card {
  const options: AlertCardOptions =
    to.person === undefined ? { showArr: mayShowArr(settings.digests, to) } : { showArr: true, reader: to.person }
  return alertCard(settings.model, alert, { ...options, ...(intro !== undefined && { intro }) })
}
