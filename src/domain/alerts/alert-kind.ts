/** The kinds of alert, the most urgent first. */
export const ALERT_KINDS = [
  'renewal_risk',
  'at_risk',
  'sharp_drop',
  'went_silent',
  'pulse_divergence',
  'expansion_ready',
] as const
export type AlertKind = (typeof ALERT_KINDS)[number]

type Ranked = { readonly kind: AlertKind; readonly about?: { readonly arr?: number } }

/** The order of every list of alerts: the most urgent leads; of equal ones the account with the most ARR. */
export function mostUrgentFirst(a: Ranked, b: Ranked): number {
  return ALERT_KINDS.indexOf(a.kind) - ALERT_KINDS.indexOf(b.kind) || (b.about?.arr ?? 0) - (a.about?.arr ?? 0)
}
