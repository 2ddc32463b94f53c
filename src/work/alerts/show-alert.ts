import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import { isConfidential } from '../../domain/alerts/confidential.ts'
import { isWorse } from '../../domain/alerts/together.ts'
import { type Destination, isSameDestination } from '../../domain/delivery/destination.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { unresolvedAlerts } from '../../store/alerts/alerts.ts'
import { cardsOfAccount, isPostedIn, linkAlert } from '../../store/delivery/account-cards.ts'
import { addMessage } from '../../store/delivery/outbox.ts'
import { type Thread, threadsOfAlert } from '../../store/delivery/threads.ts'
import type { Db } from '../../store/tables.ts'
import { openedMessage } from './opened-message.ts'
import { refreshAlert, type Shown } from './refresh-alert.ts'

/**
 * Shows an alert in some places, each once: on the card of its account where one stands, else as a message of its own.
 * What is more urgent than all on that card is said in its thread too. Gives in how many places it is new.
 */
export async function showAlert(
  db: Db,
  settings: Shown,
  alert: AlertDetails,
  places: readonly Destination[],
  now: Instant,
): Promise<Thread[]> {
  const isOwn = isConfidential(alert.kind)
  const cards = isOwn ? [] : await cardsOfAccount(db, alert.account.key)
  const threads = isOwn ? await threadsOfAccount(db, alert) : []
  const shown: Thread[] = []
  for (const to of places) {
    if (await isPostedIn(db, alert.id, to)) continue
    const card = cards.find(card => isSameDestination(card.to, to))
    const thread = threads.find(thread => isSameDestination(thread.to, to))
    if (card === undefined || isWorse(alert.kind, card.kinds)) {
      const place = card ?? thread
      const head = await addMessage(db, openedMessage(settings, alert, place ? { to, head: place.head } : { to }, now))
      if (card === undefined && head !== undefined) shown.push({ to, head })
    }
    if (card !== undefined && (await linkAlert(db, alert.id, card.message))) shown.push({ to, head: card.head })
  }
  if (cards.length > 0) await refreshAlert(db, settings, alert.id, now)
  return shown
}

/** What is between Rounds and the owner hangs under what they have of the account. */
async function threadsOfAccount(db: Db, { id, account }: AlertDetails): Promise<Thread[]> {
  const others = (await unresolvedAlerts(db, account.key)).filter(other => other.id !== id)
  return (await Promise.all(others.map(other => threadsOfAlert(db, other.id)))).flat()
}
