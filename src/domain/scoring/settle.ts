import type { AlertKind } from '../alerts/alert-kind.ts'
import type { Band, Model } from '../model/model.ts'
import type { Outline } from './outline.ts'

/** Not enough data for a verdict. */
export const UNKNOWN = 'unknown'

/** The id of a band, or `unknown`: what people are shown. */
export type Verdict = string

/** What one of an account's earlier scheduled scorings left behind. */
export type Scoring = {
  readonly shown?: number | undefined
  /** Whether the fall of the sharp-drop rule was large enough, whatever the band. */
  readonly hasSharpDrop: boolean
  /** Whether the expansion rule held. */
  readonly expansionHeld: boolean
  /** The kinds of alert whose rule held; absent where nobody looked. */
  readonly rules?: readonly AlertKind[] | undefined
}

/** The verdict by today's number alone. */
export function bareVerdict({ isCovered, score }: Outline): Verdict {
  return isCovered && score !== undefined ? score.band.id : UNKNOWN
}

/** What people are shown: the verdict announced last, unless the data for one came or went since. */
export function announcedVerdict(today: Outline, announced: Verdict | undefined): Verdict {
  const bare = bareVerdict(today)
  return announced === undefined || announced === UNKNOWN || bare === UNKNOWN ? bare : announced
}

/**
 * The verdict of a scheduled scoring, where `told` was the last one and `earlier` are the scheduled scorings before it,
 * newest first. Each line is judged alone, and the verdict moves past every adjoining one that was crossed.
 */
export function settle(
  model: Model,
  today: Outline,
  fall: number | undefined,
  announced: Verdict | undefined,
  earlier: readonly Scoring[],
): Verdict {
  const { bands } = today
  const start = bands.findIndex(({ id }) => id === announced)
  if (start === -1 || bareVerdict(today) === UNKNOWN) return bareVerdict(today)
  const { dwell, margin } = model.settling
  const isBelow = (line: number) => isSettled(dwell, today.score, earlier, shown => shown < line)
  const isAbove = (line: number) => isSettled(dwell, today.score, earlier, shown => shown >= line)
  const line = (index: number) => bands[index]?.from ?? Infinity

  let index = start
  while (index > 0 && isBelow(line(index))) index -= 1
  while (index >= start && index < bands.length - 1 && isAbove(line(index + 1) + margin)) index += 1
  return breakThrough(model, today, fall, bands[index]?.id)
}

function isSettled(
  dwell: number,
  score: Outline['score'],
  earlier: readonly Scoring[],
  holds: (shown: number) => boolean,
): boolean {
  const holdsOf = ({ shown }: Pick<Scoring, 'shown'>) => shown !== undefined && holds(shown)
  return score !== undefined && hasDwelt(dwell, holdsOf(score), earlier, holdsOf)
}

/** Whether something holds at this scheduled scoring, and did at those before it that make up the dwell with it. */
export function hasDwelt(
  dwell: number,
  holdsNow: boolean,
  earlier: readonly Scoring[],
  held: (scoring: Scoring) => boolean,
): boolean {
  return holdsNow && earlier.length >= dwell - 1 && earlier.slice(0, dwell - 1).every(held)
}

/** A sharp drop into a worse band is announced at once, also between scheduled scorings. */
export function breakThrough(
  model: Model,
  today: Outline,
  fall: number | undefined,
  announced: Verdict | undefined,
): Verdict {
  const verdict = announcedVerdict(today, announced)
  const bare = bareVerdict(today)
  return isSharpDrop(model, fall) && isWorse(today.bands, bare, verdict) ? bare : verdict
}

export function isSharpDrop({ settling }: Model, fall: number | undefined): boolean {
  return fall !== undefined && fall >= settling.sharpDrop.points
}

/** Never for `unknown`, which is neither better nor worse. */
export function isWorse(bands: readonly Band[], verdict: Verdict, than: Verdict): boolean {
  const rank = (id: Verdict) => bands.findIndex(band => band.id === id)
  return rank(verdict) !== -1 && rank(verdict) < rank(than)
}

/** The line below which a score is truly worse than it was: what stays within the margin of settling is noise. */
export function worseThan(shown: number, { settling }: Pick<Model, 'settling'>): number {
  return Math.max(0, shown - settling.margin)
}
