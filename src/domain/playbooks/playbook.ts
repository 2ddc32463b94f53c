import type { AlertKind } from '../alerts/alert-kind.ts'

/** The tasks that a rule sets in motion. */
export type Playbook = {
  readonly id: string
  readonly label: string
  readonly on: Trigger
  readonly tasks: readonly PlayTask[]
}

/** A level of the shown score, a crossing of a line, or an alert, perhaps only when one component caused it. */
export type Trigger =
  | { readonly below: number }
  | { readonly above: number }
  | { readonly between: readonly [from: number, to: number] }
  | { readonly crosses_below: number }
  | { readonly alert: AlertKind; readonly driver?: string }

/** `due` as written: `1bd` is business days, `4h` business hours; see task-due.ts. */
export type PlayTask = { readonly title: string; readonly role: string; readonly due: string }

/** What a trigger looks at: the shown score now and before, the alerts that hold, and the cause of a fall. */
export type Situation = {
  readonly shown?: number
  readonly shownBefore?: number
  readonly alerts: readonly AlertKind[]
  readonly driver?: string
}

/** Levels include both ends of `between`; a crossing needs a score before. */
export function triggerHolds(on: Trigger, { shown, shownBefore, alerts, driver }: Situation): boolean {
  if ('alert' in on) return alerts.includes(on.alert) && (on.driver === undefined || on.driver === driver)
  if (shown === undefined) return false
  if ('below' in on) return shown < on.below
  if ('above' in on) return shown > on.above
  if ('between' in on) return shown >= on.between[0] && shown <= on.between[1]
  return shownBefore !== undefined && shownBefore >= on.crosses_below && shown < on.crosses_below
}
