import { groupedBy } from '../grouped.ts'
import { addBusinessTime, type Calendar, isBusinessTime } from '../time/business-time.ts'
import { type Duration, HOUR, type Instant } from '../time/instant.ts'
import { type AlertKind, mostUrgentFirst } from './alert-kind.ts'
import { isConfidential } from './confidential.ts'
import type { Target } from './target.ts'

/** One step: a number of business milliseconds after the start, to a person or a place. */
export type EscalationStep = { readonly after: Duration; readonly to: Target }

/** Something that waits for somebody: an unclaimed alert since it was opened, an overdue task since it was due. */
export type Waiting = {
  readonly since: Instant
  /** How many steps were taken. */
  readonly stepsTaken: number
  readonly isWaiting: boolean
  /** When the last step notified somebody, if known. */
  readonly escalatedAt?: Instant
}

export type Step = {
  /** Counts from 1. */
  readonly stepsTaken: number
  readonly to: Target
  readonly reason: 'due'
}

/** What an alert must show to escalate for its account. */
export type Escalatable = {
  readonly account: { readonly key: number }
  readonly kind: AlertKind
  readonly state: string
  readonly claimedBy?: string
  readonly isMuted: boolean
  readonly stepsTaken: number
}

/**
 * The alerts that may escalate, account by account, the furthest along first: an account notifies people once, however many
 * alerts it has. None for an account that somebody holds; confidential alerts escalate by themselves.
 */
export function escalatableByAccount<A extends Escalatable>(unresolved: readonly A[]): A[][] {
  const isOwn = ({ kind }: A) => isConfidential(kind)
  const isFree = ({ state, isMuted }: A) => state === 'open' && !isMuted
  const groups = [...groupedBy(unresolved, ({ account }) => account.key).values()]
  const shared = groups
    .map(alerts => alerts.filter(alert => !isOwn(alert)))
    .filter(alerts => alerts.every(({ claimedBy }) => claimedBy === undefined))
  return [...shared, ...unresolved.filter(isOwn).map(alert => [alert])]
    .map(alerts => alerts.filter(isFree).sort((a, b) => b.stepsTaken - a.stepsTaken || mostUrgentFirst(a, b)))
    .filter(alerts => alerts.length > 0)
}

/**
 * The next step, once its business hours have passed and people are at work; one per tick. Undefined for what no longer
 * waits, or has taken all steps.
 */
export function nextStep(
  { since, stepsTaken, isWaiting, escalatedAt }: Waiting,
  steps: readonly EscalationStep[],
  calendar: Calendar,
  now: Instant,
): Step | undefined {
  const next = steps[stepsTaken]
  if (!isWaiting || next === undefined || !isBusinessTime(now, calendar)) return undefined
  const due = dueOf(next)
  const last = steps[stepsTaken - 1]
  const late = last && escalatedAt !== undefined && escalatedAt - dueOf(last) > PUNCTUAL
  // Somebody who was notified late, after an outage, has as long to act as if it had been on time.
  const turn = late
    ? addBusinessTime(escalatedAt, { hours: Math.max(0, next.after - last.after) / HOUR }, calendar)
    : due
  return now < Math.max(due, turn) ? undefined : { stepsTaken: stepsTaken + 1, to: next.to, reason: 'due' }

  function dueOf({ after }: EscalationStep): Instant {
    return addBusinessTime(since, { hours: after / HOUR }, calendar)
  }
}

/** Anything later than this was not on time. */
const PUNCTUAL = HOUR / 2
