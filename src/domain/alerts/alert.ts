import type { Band, Model, Role } from '../model/model.ts'
import { type Scoring, UNKNOWN, type Verdict } from '../scoring/settle.ts'
import type { Day, Instant } from '../time/instant.ts'
import type { AlertKind } from './alert-kind.ts'

/** An open question about one account that one person should own. */
export type Alert = {
  readonly id: string
  readonly kind: AlertKind
  readonly state: 'open' | 'claimed' | 'snoozed' | 'resolved'
  readonly openedAt: Instant
  /** When who held it could no longer act: it waits again since then. */
  readonly reopenedAt?: Instant
  /** Why, in the words that people were shown. */
  readonly reason: string
  /** The e-mail of the one who holds it, and since when. */
  readonly claimedBy?: string
  readonly claimedAt?: Instant
  readonly resolvedAt?: Instant
  /** The component, or `cap`, that it is put down to. */
  readonly driver?: string
  /** A snoozed one wakes then, or once the shown score is below `wakesBelow`, whichever comes first. */
  readonly wakesAt?: Instant
  /** The day of `wakesAt` for the person who snoozed it. */
  readonly wakesOn?: Day
  readonly wakesBelow?: number
  /** Nobody, when its rule no longer holds. */
  readonly resolvedBy?: string
  readonly resolution?: string
}

/** What people are shown about an account. */
export type CurrentStatus = {
  readonly verdict: Verdict
  readonly hasSharpDrop: boolean
  readonly expansionReady: boolean
  /** The kinds whose rule held at the last scheduled scoring; absent where nobody looked. */
  readonly rules?: readonly AlertKind[] | undefined
}

export type AlertChanges = { readonly open: readonly AlertKind[]; readonly resolve: readonly AlertKind[] }

export function alertIsOpenAt(alerts: readonly Alert[], kind: AlertKind, at: Instant): boolean {
  return alerts.some(alert => alert.kind === kind && alert.openedAt <= at && (alert.resolvedAt ?? Infinity) > at)
}

/**
 * Which alerts a new status opens, and which of the unresolved ones it settles. A rule must start to hold to open
 * one: a first status, without a `before`, opens none. An account that went silent keeps its at-risk alert.
 * `settled` are the scheduled scorings before this one, newest first; absent where this one settles nothing.
 */
export function alertChanges(
  model: Model,
  bands: readonly Band[],
  before: CurrentStatus | undefined,
  now: CurrentStatus,
  unresolved: readonly AlertKind[],
  settled: readonly Scoring[] | undefined,
): AlertChanges {
  const isAtRisk = (status: CurrentStatus | undefined) => roleOf(bands, status?.verdict) === 'at_risk'
  const kinds = model.alerts.map(({ kind }) => kind)
  return {
    open: before === undefined ? [] : kinds.filter(kind => starts(kind) && !unresolved.includes(kind)),
    resolve: unresolved.filter(stopped),
  }

  function starts(kind: AlertKind): boolean {
    switch (kind) {
      case 'at_risk':
        return isAtRisk(now) && !isAtRisk(before)
      case 'sharp_drop':
        return now.hasSharpDrop && before?.hasSharpDrop === false
      case 'expansion_ready':
        return now.expansionReady && before?.expansionReady === false
      case 'went_silent':
        return now.verdict === UNKNOWN && before?.verdict !== UNKNOWN
      case 'pulse_divergence':
      case 'renewal_risk':
        return now.rules?.includes(kind) === true && before?.rules?.includes(kind) === false
    }
  }

  function stopped(kind: AlertKind): boolean {
    switch (kind) {
      case 'at_risk':
        return !isAtRisk(now) && now.verdict !== UNKNOWN
      case 'sharp_drop':
        return settled !== undefined && sharpDropIsOver(model, now.hasSharpDrop, settled)
      case 'expansion_ready':
        return !now.expansionReady
      case 'went_silent':
      case 'pulse_divergence':
      case 'renewal_risk':
        return isOver(kind)
    }
  }

  /** At the last `dwell` scheduled scorings, this one included, the rule did not hold. */
  function isOver(kind: AlertKind): boolean {
    const { dwell } = model.settling
    const run = [now.rules, ...(settled ?? []).map(({ rules }) => rules)].slice(0, dwell)
    return settled !== undefined && run.length === dwell && run.every(rules => rules?.includes(kind) === false)
  }
}

/** Settled: at the last `dwell` scheduled scorings, this one included, the fall was too small. */
function sharpDropIsOver(model: Model, hasSharpDrop: boolean, earlier: readonly Scoring[]): boolean {
  const { dwell } = model.settling
  const run = [hasSharpDrop, ...earlier.map(scoring => scoring.hasSharpDrop)].slice(0, dwell)
  return run.length === dwell && run.every(had => !had)
}

export function roleOf(bands: readonly Band[], verdict: Verdict | undefined): Role | undefined {
  return bands.find(({ id }) => id === verdict)?.role
}
