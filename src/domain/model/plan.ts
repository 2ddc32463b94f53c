import type { ObservedAccount } from '../accounts/account.ts'
import type { AlertKind } from '../alerts/alert-kind.ts'
import { alertsThatHold } from '../alerts/alert-rules.ts'
import { type Situation, triggerHolds } from '../playbooks/playbook.ts'
import { topDriver } from '../scoring/driver.ts'
import { expansionHolds, factsOf } from '../scoring/expansion.ts'
import { type Health, healthOf, type Move, movesBetween, outlines } from '../scoring/health.ts'
import { bareVerdict, type Verdict } from '../scoring/settle.ts'
import type { Instant } from '../time/instant.ts'
import type { Facts } from './condition.ts'
import type { Model } from './model.ts'

/** What one account would become if a model took effect now. */
export type PlannedAccount = {
  readonly from: Verdict
  readonly to: Verdict
  /** The component, or `cap`, whose points differ most between the models; absent without two scores. */
  readonly component?: string
  readonly shownBefore?: number
  readonly shownAfter?: number
  readonly wouldStart: readonly Start[]
  /** Each component's coverage under the new model. */
  readonly coverage: readonly { readonly id: string; readonly coverage: number }[]
}

export type Start = { readonly kind: 'alert' | 'playbook'; readonly id: string }

/** What is known of the account under the model in use. */
export type PlanInput = {
  readonly current: Model
  readonly next: Model
  readonly account: ObservedAccount
  /** What people are shown; absent before the first settling. */
  readonly announced?: Verdict
  readonly unresolved: readonly AlertKind[]
  readonly alertIsOpen: Facts['alertIsOpen']
  readonly at: Instant
}

/** A new model begins with a silent baseline: today's bare verdict. Nothing of what would start is started. */
export function planAccount({
  current,
  next,
  account,
  announced,
  unresolved,
  alertIsOpen,
  at,
}: PlanInput): PlannedAccount {
  const before = caseUnder(current, account, alertIsOpen, at)
  const after = caseUnder(next, account, alertIsOpen, at)
  const component = mainMove(movesBetween(before.health.now, after.health.now))
  const [shownBefore, shownAfter] = [before, after].map(({ health }) => health.now.score?.shown)
  return {
    from: announced ?? before.verdict,
    to: after.verdict,
    wouldStart: startsBetween(next, before, after, unresolved),
    coverage: after.health.now.components().map(({ component, coverage }) => ({ id: component.id, coverage })),
    ...(component !== undefined && { component }),
    ...(shownBefore !== undefined && { shownBefore }),
    ...(shownAfter !== undefined && { shownAfter }),
  }
}

type Case = { readonly health: Health; readonly verdict: Verdict; readonly alerts: readonly AlertKind[] }

function caseUnder(model: Model, account: ObservedAccount, alertIsOpen: Facts['alertIsOpen'], at: Instant): Case {
  const outlineAt = outlines(model, account)
  const health = healthOf(model, outlineAt, at, [])
  const verdict = bareVerdict(health.now)
  const expansionReady = expansionHolds(model, factsOf(model, account, outlineAt, alertIsOpen), at)
  return { health, verdict, alerts: alertsThatHold({ model, account, health, verdict, expansionReady }) }
}

/** What holds under the next model and not under the one in use. */
function startsBetween(next: Model, before: Case, after: Case, unresolved: readonly AlertKind[]): Start[] {
  const alerts = after.alerts.filter(kind => !before.alerts.includes(kind) && !unresolved.includes(kind))
  const was = before.health.now.score?.shown
  const is = after.health.now.score?.shown
  const driver = topDriver(after.health)
  const now: Situation = {
    alerts,
    ...(is !== undefined && { shown: is }),
    ...(was !== undefined && { shownBefore: was }),
    ...(driver !== undefined && { driver }),
  }
  const then: Situation = { alerts: [], ...(was !== undefined && { shown: was }) }
  const plays = next.playbooks.filter(({ on }) => triggerHolds(on, now) && !triggerHolds(on, then))
  return [
    ...alerts.map((id): Start => ({ kind: 'alert', id })),
    ...plays.map(({ id }): Start => ({ kind: 'playbook', id })),
  ]
}

function mainMove(moves: readonly Move[] | undefined): string | undefined {
  const moved = (moves ?? []).filter(({ points }) => Math.abs(points) > 1e-9)
  return [...moved].sort((a, b) => Math.abs(b.points) - Math.abs(a.points))[0]?.id
}
