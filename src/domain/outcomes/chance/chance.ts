import { sumOf } from '../../number.ts'
import type { Chance, Rated } from '../statistics/venn-abers.ts'
import { type ChanceSteps, chanceAt, chanceSteps } from './chance-steps.ts'

/** How long before an outcome a score was looked at, and so for how long a chance holds. */
export const CHANCE_DAYS = 90

const FEWEST_BAD = 10
const MOST_MISSING = 0.2

/** What chances are worked out from, under one version of the model. */
export type ChanceFit = {
  readonly version: string
  /** How many outcomes it rests on. */
  readonly outcomes: number
  /** Absent where no chance is shown, for this reason. */
  readonly steps?: ChanceSteps
  readonly reason?: string
}

export type ChanceGrounds = {
  readonly version: string
  /** The last two years' outcomes that had a score 90 days before; risk is 100 less the score. */
  readonly known: readonly Rated[]
  /** The accounts whose renewal fell into the last 365 days, and those of them that have an outcome. */
  readonly renewals: { readonly due: number; readonly known: number }
}

/** Whether a chance may be shown at all, and from what. */
export function fitChances({ version, known, renewals }: ChanceGrounds): ChanceFit {
  const bad = known.filter(({ isBad }) => isBad).length
  const fit = { version, outcomes: known.length }
  if (bad < FEWEST_BAD) return { ...fit, reason: `too few churns and contractions: ${bad} of the ${FEWEST_BAD} needed` }
  // Counted in whole accounts, so that 8 of 10 are enough whatever rounding does.
  if (renewals.due - renewals.known > renewals.due * MOST_MISSING + 1e-9) {
    return {
      ...fit,
      reason: `only ${renewals.known} of ${renewals.due} renewals of the last year have an outcome; 80% are needed`,
    }
  }
  return { ...fit, steps: chanceSteps(known) }
}

/** Of an account with this score. */
export function chanceOf({ steps }: ChanceFit, score: number): Chance | undefined {
  return steps === undefined ? undefined : chanceAt(steps, 100 - score)
}

/** What is at stake: each end and the point, as sums over accounts of chance times ARR. */
export function expectedLoss(
  fit: ChanceFit,
  accounts: readonly { readonly score: number; readonly arr: number }[],
): Chance | undefined {
  if (fit.steps === undefined) return undefined
  const lossBy = (end: keyof Chance) => sumOf(accounts, ({ score, arr }) => arr * (chanceOf(fit, score)?.[end] ?? 0))
  return { low: lossBy('low'), point: lossBy('point'), high: lossBy('high') }
}
