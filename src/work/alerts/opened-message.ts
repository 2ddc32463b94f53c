import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import type { Destination } from '../../domain/delivery/destination.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { NewMessage } from '../../store/delivery/outbox.ts'
import { cardFor, type Shown } from './refresh-alert.ts'

/** A destination, in a thread there or not. */
export type Place = { readonly to: Destination; readonly head?: number }

/** The first post of an alert in a place. */
export function openedMessage(settings: Shown, alert: AlertDetails, place: Place, at: Instant): NewMessage {
  const card = cardFor(settings, [alert], place.to)
  return { subject: { of: 'alert', id: alert.id }, purpose: 'opened', ...place, card, alerts: [alert.id], at }
}
