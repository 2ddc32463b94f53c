import { type Condition, type Facts, holds } from '../model/condition.ts'
import type { Instant } from '../time/instant.ts'
import type { AlertKind } from './alert-kind.ts'
import { isConfidential } from './confidential.ts'
import type { EscalationStep } from './escalation.ts'
import type { Target } from './target.ts'

/** Where alerts of some kinds, about some accounts, go. */
export type Route = {
  readonly when?: Condition | undefined
  /** All kinds if left out. */
  readonly alerts?: readonly AlertKind[] | undefined
  readonly to: readonly Target[]
}

/** The first that takes alerts of this kind and whose condition holds. */
export function routeFor<R extends Route>(
  routes: readonly R[],
  kind: AlertKind,
  facts: Facts,
  at: Instant,
): R | undefined {
  return routes.find(
    ({ when, alerts }) => (alerts?.includes(kind) ?? true) && (when === undefined || holds(when, facts, at)),
  )
}

/** Confidential alerts go to the owner, whatever the route says. */
export function targetsFor({ to }: Pick<Route, 'to'>, kind: AlertKind): readonly Target[] {
  return isConfidential(kind) ? ['owner'] : to
}

/** The steps that an alert of a kind may escalate: what is confidential goes to its owner, then to the admins, one by one. */
export function stepsFor(
  { escalation }: { readonly escalation: readonly EscalationStep[] },
  kind: string,
  admins: readonly string[],
): readonly EscalationStep[] {
  if (!isConfidential(kind)) return escalation
  const beyond = escalation.find(({ to }) => to !== 'owner')
  return escalation.flatMap(step => {
    if (step.to === 'owner') return [step]
    return step === beyond ? admins.map(admin => ({ after: step.after, to: { email: admin } })) : []
  })
}

/** What one run opened: how many alerts, about how many accounts, of how many in all. */
export type Run = { readonly alerts: number; readonly concerned: number; readonly accounts: number }

/** More alerts in one run than a channel can take; a few accounts are never a storm, however small the portfolio. */
export function isStorm(
  { alerts, concerned, accounts }: Run,
  storm: { readonly alerts: number; readonly share: number },
): boolean {
  return alerts > storm.alerts || (concerned >= FEWEST && concerned > accounts * storm.share)
}

const FEWEST = 5
