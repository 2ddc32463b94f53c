import type { Band, Model } from './model.ts'
import type { Assessment } from './score.ts'

/** Not enough data for a verdict. */
export const UNKNOWN = 'unknown'

/** The id of a band, or `unknown`. */
export type Verdict = string

/** What a scheduled scoring left behind. */
export type Scoring = {
  readonly shown?: number
  readonly verdict: Verdict
  /** Whether the fall of the sharp-drop rule was large enough, whatever the band. */
  readonly hasSharpDrop: boolean
  /** Whether the expansion rule held, and what people were told of it. */
  readonly expansionHeld: boolean
  readonly expansionReady: boolean
}

/** The verdict by today's number alone. */
export function bareVerdict({ isCovered, score }: Assessment): Verdict {
  return isCovered && score !== undefined ? score.band.id : UNKNOWN
}

/** What people are told: the last settled verdict, unless what is known today came or went since. */
export function toldVerdict(today: Assessment, settled: Verdict | undefined): Verdict {
  const bare = bareVerdict(today)
  return settled === undefined || settled === UNKNOWN || bare === UNKNOWN ? bare : settled
}

/**
 * The verdict of a scheduled scoring. `earlier` are the account's scheduled scorings before it, newest first; without
 * any it settles at once. Each line is judged alone, and the verdict moves past every adjoining one that was crossed.
 */
export function settle(
  model: Model,
  today: Assessment,
  fall: number | undefined,
  earlier: readonly Scoring[],
): Verdict {
  const bare = bareVerdict(today)
  const told = earlier[0]?.verdict
  if (told === undefined || told === UNKNOWN || bare === UNKNOWN) return bare
  const { dwell, margin } = model.settling
  const run = [today.score?.shown, ...earlier.map(({ shown }) => shown)].slice(0, dwell)
  const isSettled = (holds: (shown: number) => boolean) =>
    run.length === dwell && run.every(shown => shown !== undefined && holds(shown))

  const { bands } = today
  let index = bands.findIndex(({ id }) => id === told)
  if (index === -1) return bare
  const line = (of: number) => bands[of]?.from ?? Infinity
  const start = index
  while (index > 0 && isSettled(shown => shown < line(index))) index -= 1
  while (index >= start && index < bands.length - 1 && isSettled(shown => shown >= line(index + 1) + margin)) index += 1
  return breakThrough(model, today, fall, bands[index]?.id ?? bare)
}

/** A sharp drop into a worse band is told at once, also between scheduled scorings. */
export function breakThrough(model: Model, today: Assessment, fall: number | undefined, told: Verdict): Verdict {
  const bare = bareVerdict(today)
  if (told === UNKNOWN || bare === UNKNOWN || !isSharpDrop(model, fall)) return toldVerdict(today, told)
  return isWorse(today.bands, bare, told) ? bare : told
}

export function isSharpDrop({ settling }: Model, fall: number | undefined): boolean {
  return fall !== undefined && fall >= settling.sharpDrop.points
}

export function isWorse(bands: readonly Band[], verdict: Verdict, than: Verdict): boolean {
  const rank = (id: Verdict) => bands.findIndex(band => band.id === id)
  return rank(verdict) < rank(than)
}
