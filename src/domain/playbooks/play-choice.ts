import type { AlertKind } from '../alerts/alert-kind.ts'
import { DAY, dayOf, type Instant } from '../time/instant.ts'
import { type Playbook, type Situation, type Trigger, triggerHolds } from './playbook.ts'

/** What one scoring found that may start a playbook. */
export type PlayCase = {
  readonly playbooks: readonly Playbook[]
  readonly shown?: number
  /** Of the scheduled scoring before this one, under the same model; without one no level is entered. */
  readonly shownBefore?: number
  /** The alerts that this scoring opened. */
  readonly opened: readonly { readonly id: string; readonly kind: AlertKind }[]
  /** The component that a fall is put down to. */
  readonly driver?: string
  /** Levels and crossings start at scheduled scorings only, alerts at once. */
  readonly isScheduled: boolean
  readonly at: Instant
}

export type EarlierRun = {
  readonly playbook: string
  readonly cause: string
  readonly startedAt: Instant
  readonly hasOpenTasks: boolean
}

export type PlayStart = {
  readonly playbook: Playbook
  /** `fall:alert:a1b2`, `rise:level:2026-11-01`: what kind of turn, and which one. */
  readonly cause: string
  readonly alert?: string
  /** Whether a play that is more to the point takes the place of those begun for the same fall. */
  readonly replaces: boolean
}

/** As long as these days, further triggers belong to the same fall. */
const ONE_FALL = 7 * DAY

/** A play that ended is not started again by the same kind of turn within this many days. */
const REST = 14 * DAY

/**
 * The plays to start, if what was `earlier`, in any order, lets them. One turn starts one play: of those whose triggers
 * begin to hold, the most specific. An alert with its cause goes before an alert, before a crossing, before a level;
 * then the order of the file decides.
 */
export function choosePlays(found: PlayCase, earlier: readonly EarlierRun[] = []): PlayStart[] {
  return playsCalledFor(found).filter(start => isNew(start, earlier, found.at))
}

/** What would start if nothing had been started before: nothing for most accounts, on most days. */
export function playsCalledFor(found: PlayCase): PlayStart[] {
  const turns = new Map<string, PlayStart>()
  for (const start of candidates(found).sort((a, b) => rankOf(a.playbook.on) - rankOf(b.playbook.on))) {
    const turn = turnOf(start.cause)
    if (!turns.has(turn)) turns.set(turn, start)
  }
  return [...turns.values()]
}

function candidates(found: PlayCase): PlayStart[] {
  const { playbooks, opened, shown, shownBefore, driver, isScheduled, at } = found
  const now: Situation = {
    alerts: opened.map(({ kind }) => kind),
    ...(shown !== undefined && { shown }),
    ...(shownBefore !== undefined && { shownBefore }),
    ...(driver !== undefined && { driver }),
  }
  const before: Situation = { alerts: [], ...(shownBefore !== undefined && { shown: shownBefore }) }
  const isFall = (shown ?? 0) < (shownBefore ?? 0)
  const fallAlert = opened.find(({ kind }) => kind === 'sharp_drop') ?? opened.find(({ kind }) => kind === 'at_risk')

  return playbooks.flatMap((playbook): PlayStart[] => {
    const { on } = playbook
    if (!triggerHolds(on, now)) return []
    if ('alert' in on) {
      const alert = opened.find(({ kind }) => kind === on.alert)
      if (alert === undefined) return []
      return [start(playbook, `${TURNS[on.alert] ?? on.alert}:alert:${alert.id}`, alert.id)]
    }
    if (!isScheduled || shownBefore === undefined || triggerHolds(on, before)) return []
    const what = 'crosses_below' in on ? `crossing:${on.crosses_below}` : 'level'
    return [start(playbook, `${isFall ? 'fall' : 'rise'}:${what}:${dayOf(at)}`, isFall ? fallAlert?.id : undefined)]
  })
}

function start(playbook: Playbook, cause: string, alert: string | undefined): PlayStart {
  const replaces = rankOf(playbook.on) === 0 && turnOf(cause) === 'fall'
  return { playbook, cause, replaces, ...(alert !== undefined && { alert }) }
}

const TURNS: Partial<Readonly<Record<AlertKind, string>>> = {
  at_risk: 'fall',
  sharp_drop: 'fall',
  expansion_ready: 'rise',
}

function turnOf(cause: string): string {
  return cause.split(':')[0] ?? cause
}

function rankOf(on: Trigger): number {
  if ('alert' in on) return on.driver === undefined ? 1 : 0
  return 'crosses_below' in on ? 2 : 3
}

/** Neither a second play for one fall, nor the same one again while it is under way or has only just ended. */
function isNew({ playbook, cause, replaces }: PlayStart, earlier: readonly EarlierRun[], at: Instant): boolean {
  const same = earlier.filter(run => run.playbook === playbook.id)
  if (same.some(run => run.hasOpenTasks || at - run.startedAt < REST)) return false
  const isSameFall = (run: EarlierRun) => turnOf(run.cause) === 'fall' && at - run.startedAt < ONE_FALL
  return replaces || turnOf(cause) !== 'fall' || !earlier.some(isSameFall)
}
