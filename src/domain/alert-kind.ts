/** The questions that an alert may ask about an account. */
export const ALERT_KINDS = [
  'at_risk',
  'sharp_drop',
  'expansion_ready',
  'pulse_divergence',
  'renewal_risk',
  'went_silent',
] as const
export type AlertKind = (typeof ALERT_KINDS)[number]

/** A pulse that the data contradicts is shown to the owner alone, not to shame them in a channel. */
export function isConfidential(kind: string): boolean {
  return kind === 'pulse_divergence'
}
