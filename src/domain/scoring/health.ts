import type { ObservedAccount } from '../accounts/account.ts'
import type { Model } from '../model/model.ts'
import { DAY, type Duration, type Instant } from '../time/instant.ts'
import { type Outline, type Outlined, outlineFrom } from './outline.ts'
import { readingsOf } from './readings/readings.ts'
import { type Assessment, explain } from './score.ts'
import { pointsOf } from './weigh.ts'

/** An account's score together with where it came from. */
export type Health = {
  readonly now: Assessment
  readonly trend: readonly Change[]
  readonly direction?: Direction | undefined
  /** By how many shown points the score fell over the sharp-drop window; negative when it rose. */
  readonly fall?: number | undefined
  /** Over 30 days: the moves of the components and of the cap, which add up to the difference. */
  readonly moves?: readonly Move[] | undefined
  /** The score as of 30 days before, where both instants have the data for a verdict. */
  readonly monthAgo?: Assessment | undefined
}

export type Direction = 'falling' | 'steady' | 'rising'

/** The score's unrounded change over a window, and that of the shown integers; absent when either instant lacks the data for a verdict. */
export type Change = {
  readonly over: Duration
  readonly points: number | undefined
  readonly shown?: number | undefined
}

/** The difference of one component's points, or of the cap's, whose id is `cap`. */
export type Move = { readonly id: string; readonly points: number }

export const CAP = 'cap'

/** What an account's card compares with. */
export const TREND_WINDOWS = [7 * DAY, 30 * DAY, 90 * DAY]

/** The outlines of one account, each made once. */
export function outlines(model: Model, account: ObservedAccount): (at: Instant) => Outlined {
  const readings = readingsOf(model, account)
  const made = new Map<Instant, Outlined>()
  return at => {
    const found = made.get(at)
    if (found !== undefined) return found
    const outlined = outlineFrom(readings, at)
    made.set(at, outlined)
    return outlined
  }
}

/** How long before a scoring lie the instants that it compares with. */
export function comparedWith(model: Model): Duration[] {
  return [30 * DAY, model.trend.over, model.settling.sharpDrop.over]
}

/** `windows` are those of the trend to fill in; scoring a portfolio needs no more than 30 days. */
export function healthOf(
  model: Model,
  outlineAt: (at: Instant) => Outlined,
  at: Instant,
  windows: readonly Duration[] = TREND_WINDOWS,
): Health {
  const now = explain(outlineAt(at))
  const before = outlineAt(at - model.trend.over)
  const month = outlineAt(at - 30 * DAY)
  const moves = haveVerdicts(month, now) ? movesBetween(month, now) : undefined
  const rise = shownChange(before, now)
  const fall = shownChange(now, outlineAt(at - model.settling.sharpDrop.over))
  return {
    now,
    trend: windows.map(over => changeBetween(over, outlineAt(at - over), now)),
    direction: rise === undefined ? undefined : directionOf(rise, model.trend.deadBand),
    fall,
    moves,
    monthAgo: moves === undefined ? undefined : explain(month),
  }
}

function changeBetween(over: Duration, before: Outline, now: Outline): Change {
  return { over, points: pointsBetween(before, now), shown: shownChange(before, now) }
}

/** How each component's points, and the cap's, differ between two assessments; undefined without both scores. */
export function movesBetween(before: Outline, now: Outline): Move[] | undefined {
  if (before.score === undefined || now.score === undefined) return undefined
  const pointsBefore = (id: string) => {
    const part = before.parts.find(({ component }) => component.id === id)
    return part === undefined ? 0 : pointsOf(part, before.counted)
  }
  const cap = ({ value, uncapped }: { value: number; uncapped: number }) => value - uncapped
  return [
    ...now.parts.map(part => {
      const { id } = part.component
      return { id, points: pointsOf(part, now.counted) - pointsBefore(id) }
    }),
    { id: CAP, points: cap(now.score) - cap(before.score) },
  ]
}

/** The change as people see it, between two instants that both have the data for a verdict. */
export function shownChange(from: Outline, to: Outline): number | undefined {
  if (!haveVerdicts(from, to) || from.score === undefined || to.score === undefined) return undefined
  return changeOf(from.score, to.score)
}

/** What is shown now minus what was shown before: a reader who subtracts finds the same. */
export function changeOf(before: ShownScore, now: ShownScore): number {
  return now.shown - before.shown
}

type ShownScore = { readonly shown: number }

/** Without enough data for a verdict there is no change: "not enough data then", never a fall. */
export function haveVerdicts(from: Outline, to: Outline): boolean {
  return from.isCovered && to.isCovered
}

function directionOf(rise: number, deadBand: number): Direction {
  if (rise <= -deadBand) return 'falling'
  return rise >= deadBand ? 'rising' : 'steady'
}

function pointsBetween(before: Outline, now: Outline): number | undefined {
  if (!haveVerdicts(before, now) || before.score === undefined || now.score === undefined) return undefined
  return now.score.value - before.score.value
}
