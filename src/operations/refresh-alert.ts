import type { AlertDetails } from '../domain/alert-details.ts'
import type { Instant } from '../domain/instant.ts'
import { mayShowArr } from '../domain/visibility.ts'
import type { Settings } from '../model/settings.ts'
import { findAlertDetailsOrNone } from '../store/alert-details.ts'
import { changeMessagesAbout, type Destination } from '../store/outbox.ts'
import type { Db } from '../store/tables.ts'
import { type AlertCardOptions, alertCard } from '../views/alert-card.ts'
import { withAlertState } from '../views/alert-line.ts'
import type { Card } from '../views/card.ts'

type Shown = Pick<Settings, 'model' | 'digests'>

/** Makes every copy of an alert show it as it stands: its own posts anew, the lines of digests and lists in place. */
export async function refreshAlert(db: Db, settings: Shown, id: string, now: Instant): Promise<void> {
  const alert = await findAlertDetailsOrNone(db, id, now)
  if (alert === undefined) return
  await changeMessagesAbout(db, id, (card, { key, ...to }) =>
    key.startsWith(`alert:${id}:`) ? cardFor(settings, alert, to) : withAlertState(card, alert),
  )
}

/** An alert's card as a destination may see it: ARR in direct messages, and where a digest shows it. */
export function cardFor(settings: Shown, alert: AlertDetails, to: Destination, intro?: string): Card {
  const options: AlertCardOptions = to.to.startsWith('@')
    ? { showArr: true, reader: to.to.slice(1) }
    : { showArr: mayShowArr(settings.digests, `${to.platform}:${to.to}`) }
  return alertCard(settings.model, alert, { ...options, ...(intro !== undefined && { intro }) })
}
