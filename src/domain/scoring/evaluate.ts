import type { ObservedAccount } from '../accounts/account.ts'
import { type Alert, type AlertChanges, alertChanges, alertIsOpenAt, type CurrentStatus } from '../alerts/alert.ts'
import { alertsThatHold } from '../alerts/alert-rules.ts'
import type { Model } from '../model/model.ts'
import { DAY, type Instant } from '../time/instant.ts'
import { topDriver, topHelper } from './driver.ts'
import { expansionHolds, factsFrom, settleExpansion } from './expansion.ts'
import { type Health, healthOf, outlines } from './health.ts'
import type { Outlined } from './outline.ts'
import { announcedVerdict, breakThrough, isSharpDrop, isWorse, type Scoring, settle, UNKNOWN } from './settle.ts'

/** A change of verdict, or of the expansion flag. */
export type Transition = {
  readonly kind: 'band' | 'sharp_drop' | 'expansion_ready'
  readonly from: string
  readonly to: string
  /** The component, or `cap`, that explains it best. */
  readonly driver?: string
}

/** The result of a scoring, and what people are shown from now on. */
export type Evaluation = {
  readonly health: Health
  readonly expansionHeld: boolean
  readonly status: CurrentStatus
  readonly transitions: readonly Transition[]
  readonly alerts: AlertChanges
}

/** What was announced and found before; `announced` is absent for an account's first scoring, and under a new model. */
export type Past = {
  readonly announced?: CurrentStatus | undefined
  /** The scheduled scorings before this one, newest first. */
  readonly earlier: readonly Scoring[]
  readonly alerts: readonly Alert[]
}

/**
 * `scheduled` settles, once a day; `between` changes the number, and only what may not wait until tomorrow; `past`
 * looks back, and changes nothing of what was announced.
 */
export type ScoringMode = 'scheduled' | 'between' | 'past'

/** Scores one account and decides what is shown, without any I/O. The first verdict is a silent baseline. */
export function evaluate(
  model: Model,
  account: ObservedAccount,
  past: Past,
  at: Instant,
  mode: ScoringMode = 'scheduled',
  outlineAt: (at: Instant) => Outlined = outlines(model, account),
): Evaluation {
  const { readings } = outlineAt(at)
  const facts = factsFrom(readings, outlineAt, (kind, at) => alertIsOpenAt(past.alerts, kind, at))
  const health = healthOf(model, outlineAt, at, [30 * DAY])
  const { announced, earlier } = past
  const hasSharpDrop = isSharpDrop(model, health.fall)
  const settles = mode === 'scheduled' || announced === undefined
  const verdict = settles
    ? settle(model, health.now, health.fall, announced?.verdict, earlier)
    : mode === 'between'
      ? breakThrough(model, health.now, health.fall, announced.verdict)
      : announcedVerdict(health.now, announced.verdict)
  const expansionHeld = settles && expansionHolds(model, facts, at)
  const expansionReady = settles
    ? settleExpansion(model, expansionHeld, announced?.expansionReady ?? false, earlier)
    : announced.expansionReady
  const rules = settles
    ? alertsThatHold({ model, account, readings, health, verdict, expansionReady })
    : announced.rules
  const status = { verdict, hasSharpDrop, expansionReady, rules }
  const unresolved = past.alerts.flatMap(({ state, kind }) => (state === 'resolved' ? [] : [kind]))
  return {
    health,
    expansionHeld,
    status,
    transitions: announced === undefined ? [] : transitionsBetween(model, health, announced, status),
    alerts: alertChanges(model, health.now.bands, announced, status, unresolved, settles ? earlier : undefined),
  }
}

function transitionsBetween(model: Model, health: Health, before: CurrentStatus, now: CurrentStatus): Transition[] {
  const driverOf = (isFall: boolean) => {
    const driver = isFall ? topDriver(health) : topHelper(health)
    return driver === undefined ? {} : { driver }
  }
  const isFall = isWorse(health.now.bands, now.verdict, before.verdict)
  const isDrop = isFall && isSharpDrop(model, health.fall) && before.verdict !== UNKNOWN
  return [
    ...(now.verdict === before.verdict
      ? []
      : [
          {
            kind: isDrop ? ('sharp_drop' as const) : ('band' as const),
            from: before.verdict,
            to: now.verdict,
            ...driverOf(isFall),
          },
        ]),
    ...(now.expansionReady === before.expansionReady
      ? []
      : [
          {
            kind: 'expansion_ready' as const,
            from: before.expansionReady ? 'ready' : 'not_ready',
            to: now.expansionReady ? 'ready' : 'not_ready',
            ...driverOf(before.expansionReady),
          },
        ]),
  ]
}
