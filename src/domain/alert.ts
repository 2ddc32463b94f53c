import type { AlertKind } from './alert-kind.ts'
import type { Instant } from './instant.ts'
import type { Band, Model, Role } from './model.ts'
import { type Scoring, UNKNOWN, type Verdict } from './settle.ts'

/** An open question about one account that one person should own. */
export type Alert = {
  readonly id: string
  readonly kind: AlertKind
  readonly state: 'open' | 'claimed' | 'resolved'
  readonly openedAt: Instant
  /** Why, in the words that people were told. */
  readonly reason: string
  /** The e-mail of the one who holds it, and since when. */
  readonly claimedBy?: string
  readonly claimedAt?: Instant
  readonly resolvedAt?: Instant
}

/** What people are told about an account. */
export type Standing = { readonly verdict: Verdict; readonly hasSharpDrop: boolean; readonly expansionReady: boolean }

export type AlertChanges = { readonly open: readonly AlertKind[]; readonly resolve: readonly AlertKind[] }

export function alertIsOpenAt(alerts: readonly Alert[], kind: AlertKind, at: Instant): boolean {
  return alerts.some(alert => alert.kind === kind && alert.openedAt <= at && (alert.resolvedAt ?? Infinity) > at)
}

/**
 * Which alerts a new standing opens, and which of the unresolved ones it settles. A rule must start to hold to open
 * one: a first standing, without a `before`, opens none. An account that went silent keeps its at-risk alert.
 */
export function alertChanges(
  model: Model,
  bands: readonly Band[],
  before: Standing | undefined,
  now: Standing,
  unresolved: readonly AlertKind[],
  sharpDropIsOver: boolean,
): AlertChanges {
  const isAtRisk = (standing: Standing | undefined) => roleOf(bands, standing?.verdict) === 'at_risk'
  const starts: Partial<Record<AlertKind, boolean>> = {
    at_risk: isAtRisk(now) && !isAtRisk(before),
    sharp_drop: now.hasSharpDrop && before?.hasSharpDrop === false,
    expansion_ready: now.expansionReady && before?.expansionReady === false,
  }
  const stopped: Partial<Record<AlertKind, boolean>> = {
    at_risk: !isAtRisk(now) && now.verdict !== UNKNOWN,
    sharp_drop: sharpDropIsOver,
    expansion_ready: !now.expansionReady,
  }
  const kinds = model.alerts.map(({ kind }) => kind)
  return {
    open: before === undefined ? [] : kinds.filter(kind => starts[kind] === true && !unresolved.includes(kind)),
    resolve: unresolved.filter(kind => stopped[kind] === true),
  }
}

/** Settled: at the last `dwell` scheduled scorings, this one included, the fall was too small. */
export function sharpDropIsOver(model: Model, hasSharpDrop: boolean, earlier: readonly Scoring[]): boolean {
  const { dwell } = model.settling
  const run = [hasSharpDrop, ...earlier.map(scoring => scoring.hasSharpDrop)].slice(0, dwell)
  return run.length === dwell && run.every(had => !had)
}

export function roleOf(bands: readonly Band[], verdict: Verdict | undefined): Role | undefined {
  return bands.find(({ id }) => id === verdict)?.role
}
