import type { Band, Model, Role } from '../model/model.ts'
import { hasDwelt, type Scoring, UNKNOWN, type Verdict } from '../scoring/settle.ts'
import type { Day, Instant } from '../time/instant.ts'
import type { AlertKind } from './alert-kind.ts'

/** An open question about one account that one person should own. */
export type Alert = {
  readonly id: string
  readonly kind: AlertKind
  readonly state: 'open' | 'claimed' | 'snoozed' | 'resolved'
  readonly openedAt: Instant
  /** When the person who held it could no longer act: it has been waiting again since then. */
  readonly reopenedAt?: Instant
  /** The reason, in the words that people were shown. */
  readonly reason: string
  /** The e-mail of the one who holds it, and since when. */
  readonly claimedBy?: string
  readonly claimedAt?: Instant
  readonly resolvedAt?: Instant
  /** The component, or `cap`, that explains it best. */
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
  /** The kinds whose rule held at the last scheduled scoring; absent if unknown. */
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
  const started = before === undefined ? [] : kindsThatStart(model, bands, before, now)
  return {
    open: started.filter(kind => !unresolved.includes(kind)),
    resolve: unresolved.filter(kind => isOver(kind, model, bands, now, settled)),
  }
}

function kindsThatStart(
  { alerts }: Model,
  bands: readonly Band[],
  before: CurrentStatus,
  now: CurrentStatus,
): AlertKind[] {
  // Pushed rather than mapped, which keeps V8 from recompiling: see `score` in docs/speed.md.
  const kinds: AlertKind[] = []
  for (const { kind } of alerts) if (starts(kind, bands, before, now)) kinds.push(kind)
  return kinds
}

function starts(kind: AlertKind, bands: readonly Band[], before: CurrentStatus, now: CurrentStatus): boolean {
  switch (kind) {
    case 'at_risk':
      return isAtRisk(bands, now) && !isAtRisk(bands, before)
    case 'sharp_drop':
      return now.hasSharpDrop && !before.hasSharpDrop
    case 'expansion_ready':
      return now.expansionReady && !before.expansionReady
    case 'went_silent':
      return now.verdict === UNKNOWN && before.verdict !== UNKNOWN
    case 'pulse_divergence':
    case 'renewal_risk':
      return now.rules?.includes(kind) === true && before.rules?.includes(kind) === false
  }
}

/** What ends by settling has not held at the last `dwell` scheduled scorings, this one included. */
function isOver(
  kind: AlertKind,
  { settling: { dwell } }: Model,
  bands: readonly Band[],
  now: CurrentStatus,
  settled: readonly Scoring[] | undefined,
): boolean {
  switch (kind) {
    case 'at_risk':
      return !isAtRisk(bands, now) && now.verdict !== UNKNOWN
    case 'sharp_drop':
      return settled !== undefined && hasDwelt(dwell, !now.hasSharpDrop, settled, ({ hasSharpDrop }) => !hasSharpDrop)
    case 'expansion_ready':
      return !now.expansionReady
    case 'went_silent':
    case 'pulse_divergence':
    case 'renewal_risk': {
      const isOff = ({ rules }: Pick<Scoring, 'rules'>) => rules?.includes(kind) === false
      return settled !== undefined && hasDwelt(dwell, isOff(now), settled, isOff)
    }
  }
}

function isAtRisk(bands: readonly Band[], { verdict }: CurrentStatus): boolean {
  return roleOf(bands, verdict) === 'at_risk'
}

export function roleOf(bands: readonly Band[], verdict: Verdict | undefined): Role | undefined {
  return bands.find(({ id }) => id === verdict)?.role
}
