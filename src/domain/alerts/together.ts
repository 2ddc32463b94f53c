import { type AlertKind, mostUrgentFirst } from './alert-kind.ts'

type Standing = {
  readonly kind: AlertKind
  readonly state: 'open' | 'claimed' | 'snoozed' | 'resolved'
  readonly about?: { readonly arr?: number }
}

/** The order of one account's alerts: the most urgent first, then snoozed ones, ended ones last. */
export function leadingFirst(a: Standing, b: Standing): number {
  return rankOf(a) - rankOf(b) || mostUrgentFirst(a, b)
}

function rankOf({ state }: Standing): number {
  return state === 'resolved' ? 2 : state === 'snoozed' ? 1 : 0
}

/** Whether an alert is more urgent than all that is known of the account already: then it is news. */
export function isWorse(kind: AlertKind, known: readonly AlertKind[]): boolean {
  return known.every(other => mostUrgentFirst({ kind }, { kind: other }) < 0)
}
