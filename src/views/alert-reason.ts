import { dayOf, type Instant } from '../domain/instant.ts'
import { dayText } from './amounts.ts'

/** Why an alert is there, to be read at an instant: what it was opened with, and how near the renewal has come. */
export function alertReasonText(
  { kind, reason }: { readonly kind: string; readonly reason: string },
  renewalOn: string | undefined,
  at: Instant,
): string {
  if (kind !== 'renewal_risk' || renewalOn === undefined) return reason
  const isPast = renewalOn < dayOf(at)
  return `${isPast ? 'Renewal was due' : 'Renews'} ${dayText(renewalOn, at)}. ${reason}`
}
