import type { ObservedAccount } from '../accounts/account.ts'
import type { Model } from '../model/model.ts'
import { DAY, type Duration, type Instant } from '../time/instant.ts'
import { windowsOf } from './reading.ts'
import { type Assessment, allMeasures, assess } from './score.ts'
import type { Window } from './window.ts'

/** An account's score together with where it came from. */
export type Health = {
  readonly now: Assessment
  readonly trend: readonly Change[]
  readonly direction?: Direction
  /** By how many shown points the score fell over the sharp-drop window; negative when it rose. */
  readonly fall?: number
  /** Over the trend window: the moves of the components and of the cap, which add up to the difference. */
  readonly moves?: readonly Move[]
}

export type Direction = 'falling' | 'steady' | 'rising'

/** The score's unrounded change over a window; absent when either instant lacks the data for a verdict. */
export type Change = { readonly over: Duration; readonly points?: number }

/** The difference of one component's points, or of the cap's, whose id is `cap`. */
export type Move = { readonly id: string; readonly points: number }

export const CAP = 'cap'

const TREND_WINDOWS = [7 * DAY, 30 * DAY, 90 * DAY]

/** The assessments of one account, each made once. */
export function assessments(model: Model, account: ObservedAccount): (at: Instant) => Assessment {
  const made = new Map<Instant, Assessment>()
  return at => {
    const assessment = made.get(at) ?? assess(model, account, at)
    made.set(at, assessment)
    return assessment
  }
}

/** The instants besides `at` itself that the daily scoring compares with. */
export function comparedInstants(model: Model, at: Instant): Instant[] {
  return [...new Set([30 * DAY, model.trend.over, model.settling.sharpDrop.over])].map(over => at - over)
}

/** Every window that scoring at an instant looks into: those of that instant, and of those it compares with. */
export function scoringWindows(model: Model, at: Instant): Window[] {
  return [at, ...comparedInstants(model, at)].flatMap(instant =>
    allMeasures(model).flatMap(measure => windowsOf(measure, instant)),
  )
}

/** `windows` are those of the trend to fill in; scoring a portfolio needs no more than 30 days. */
export function healthOf(
  model: Model,
  assessedAt: (at: Instant) => Assessment,
  at: Instant,
  windows: readonly Duration[] = TREND_WINDOWS,
): Health {
  const now = assessedAt(at)
  const before = assessedAt(at - model.trend.over)
  const month = assessedAt(at - 30 * DAY)
  const moves = haveVerdicts(month, now) ? movesBetween(month, now) : undefined
  const rise = shownChange(before, now)
  const fall = shownChange(now, assessedAt(at - model.settling.sharpDrop.over))
  return {
    now,
    trend: windows.map(over => ({ over, ...optionalPoints(assessedAt(at - over), now) })),
    ...(rise !== undefined && { direction: directionOf(rise, model.trend.deadBand) }),
    ...(fall !== undefined && { fall }),
    ...(moves !== undefined && { moves }),
  }
}

/** How each component's points, and the cap's, differ between two assessments; undefined without both scores. */
export function movesBetween(before: Assessment, now: Assessment): Move[] | undefined {
  if (before.score === undefined || now.score === undefined) return undefined
  const pointsBefore = new Map(before.components.map(({ component, points }) => [component.id, points]))
  const cap = ({ value, uncapped }: { value: number; uncapped: number }) => value - uncapped
  return [
    ...now.components.map(({ component: { id }, points }) => ({ id, points: points - (pointsBefore.get(id) ?? 0) })),
    { id: CAP, points: cap(now.score) - cap(before.score) },
  ]
}

/** The change of the shown integers, so that what is said and what is shown never disagree. */
export function shownChange(from: Assessment, to: Assessment): number | undefined {
  if (!haveVerdicts(from, to) || from.score === undefined || to.score === undefined) return undefined
  return to.score.shown - from.score.shown
}

/** Where too little is known for a verdict there is no change: "not enough data then", never a fall. */
export function haveVerdicts(from: Assessment, to: Assessment): boolean {
  return from.isCovered && to.isCovered
}

function directionOf(rise: number, deadBand: number): Direction {
  if (rise <= -deadBand) return 'falling'
  return rise >= deadBand ? 'rising' : 'steady'
}

function optionalPoints(before: Assessment, now: Assessment): { points?: number } {
  if (!haveVerdicts(before, now) || before.score === undefined || now.score === undefined) return {}
  return { points: now.score.value - before.score.value }
}
