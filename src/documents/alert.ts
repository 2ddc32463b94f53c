import type { Alert } from '../domain/alerts/alert.ts'
import type { AlertDetails } from '../domain/alerts/alert-details.ts'
import { isoOrNull, isoTime } from '../domain/time/iso-time.ts'

/** An alert as programs read it, with who holds it and how it ended. */
export function alertDocument(details: AlertDetails) {
  return alertDocumentThen(details, details)
}

/** The same, as the alert stood once. */
export function alertDocumentThen({ account, about, shown, verdict, verdicts }: AlertDetails, alert: Alert) {
  return {
    id: alert.id,
    account: account.id,
    account_name: account.name,
    kind: alert.kind,
    state: alert.state,
    opened_at: isoTime(alert.openedAt),
    reason: alert.reason,
    driver: alert.driver ?? null,
    shown: shown ?? null,
    verdict,
    owner: about.owner ?? null,
    claimed_by: alert.claimedBy ?? null,
    claimed_at: isoOrNull(alert.claimedAt),
    snoozed_until: isoOrNull(alert.wakesAt),
    resolved_by: alert.resolvedBy ?? null,
    resolved_at: isoOrNull(alert.resolvedAt),
    resolution: alert.resolution ?? null,
    feedback: verdicts,
  }
}
