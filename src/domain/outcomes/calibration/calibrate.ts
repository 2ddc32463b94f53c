import { sumOf } from '../../number.ts'
import { aucDifference, aucOf } from '../statistics/auc.ts'
import type { Estimate } from '../statistics/estimate.ts'
import { foldsByAccount, foldsByTime, type Split } from './folds.ts'
import { type Fit, fitLogistic, logLoss } from './logistic.ts'
import { type CalibrationCase, exampleOf, scoreWith } from './reweighed.ts'

export type Calibration = {
  /** Both AUCs are of cases that the fit had not seen. */
  readonly current: Estimate
  readonly fitted: Estimate
  readonly difference: Estimate
  /** In the model's order, with the sum of the present ones. */
  readonly weights: readonly number[]
  /** How strongly the present weights drew; infinite where they won. */
  readonly strength: number
  readonly advice: 'keep' | 'change'
}

export type CalibrationOptions = { readonly seed: number; readonly isTimeOrdered?: boolean }

/** Fewer allow no conclusion. */
const FEWEST = { outcomes: 40, ofASide: 5 }

const FOLDS = 5
/** How many standard errors a gain must be to be taken. */
const LUCK = 0.5

/** A fit that moves the odds by less from one end of the scores to the other found nothing. */
const FLAT = 0.1

const STRENGTHS = [Infinity, 3, 1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001]

/** What is missing for a calibration, in words; undefined where there is enough. */
export function tooFewFor(cases: readonly CalibrationCase[]): string | undefined {
  const bad = cases.filter(({ isBad }) => isBad).length
  const good = cases.length - bad
  if (cases.length < FEWEST.outcomes) return `too few outcomes: ${cases.length} of the ${FEWEST.outcomes} needed`
  if (bad < FEWEST.ofASide) return `too few churns and contractions: ${bad} of the ${FEWEST.ofASide} needed`
  if (good < FEWEST.ofASide) return `too few renewals: ${good} of the ${FEWEST.ofASide} needed`
  return undefined
}

/**
 * Weights that separate good outcomes from bad ones better than the current ones, if any do. The strength of the pull
 * toward the present weights is chosen by cross-validation within what each fit may see. Undefined of too few.
 */
export function calibrate(
  cases: readonly CalibrationCase[],
  weights: readonly number[],
  { seed, isTimeOrdered = false }: CalibrationOptions,
): Calibration | undefined {
  if (tooFewFor(cases) !== undefined) return undefined
  const splits = isTimeOrdered ? foldsByTime(cases, FOLDS) : foldsByAccount(cases, FOLDS, seed)
  const compared = splits.flatMap(({ train, test }) => {
    const fitted = fittedWeights(train, weights, seed).weights
    return test.map(one => ({ first: scoreWith(fitted, one), second: scoreWith(weights, one), isBad: one.isBad }))
  })
  const fitted = aucOf(compared.map(({ first, isBad }) => ({ score: first, isBad })))
  const current = aucOf(compared.map(({ second, isBad }) => ({ score: second, isBad })))
  const difference = aucDifference(compared)
  if (fitted === undefined || current === undefined || difference === undefined) return undefined
  const advice = difference.low > 0 ? 'change' : 'keep'
  return { current, fitted, difference, advice, ...fittedWeights(cases, weights, seed) }
}

function fittedWeights(
  cases: readonly CalibrationCase[],
  weights: readonly number[],
  seed: number,
): { readonly weights: readonly number[]; readonly strength: number } {
  // Few outcomes fall into folds by luck: they are dealt several times.
  const deals = cases.length < 400 ? 3 : 1
  const splits = Array.from({ length: deals }, (_, deal) => foldsByAccount(cases, FOLDS, seed + 1 + deal)).flat()
  const strength = chosenStrength(splits, weights)
  const fit = fitLogistic(examplesOf(cases, weights), weights, strength)
  return { weights: weightsOf(fit, weights), strength }
}

/**
 * The strength whose fits lose least on what they have not seen; the present weights themselves unless that is more
 * than the luck of a few cases.
 */
function chosenStrength(splits: readonly Split<CalibrationCase>[], weights: readonly number[]): number {
  const parts = splits.filter(({ test, train }) => test.length > 0 && train.length > 0)
  const losses = STRENGTHS.map(strength =>
    parts.flatMap(({ train, test }) => {
      const fit = fitLogistic(examplesOf(train, weights), weights, strength)
      return examplesOf(test, weights).map(example => logLoss([example], fit))
    }),
  )
  const totals = losses.map(each => sumOf(each, loss => loss))
  const best = totals.indexOf(Math.min(...totals))
  const gains = (losses[0] ?? []).map((loss, at) => loss - (losses[best]?.[at] ?? 0))
  return isMoreThanLuck(gains) ? (STRENGTHS[best] ?? Infinity) : Infinity
}

function isMoreThanLuck(gains: readonly number[]): boolean {
  const mean = sumOf(gains, gain => gain) / gains.length
  const variance = sumOf(gains, gain => (gain - mean) ** 2) / Math.max(1, gains.length - 1)
  return mean > LUCK * Math.sqrt(variance / gains.length)
}

function examplesOf(cases: readonly CalibrationCase[], weights: readonly number[]) {
  return cases.map(one => exampleOf(weights, one))
}

/** With the sum of the present ones; a fit that found nothing leaves them as they are. */
function weightsOf({ slopes }: Fit, weights: readonly number[]): number[] {
  const [found, present] = [sumOf(slopes, slope => slope), sumOf(weights, weight => weight)]
  return found <= FLAT ? [...weights] : slopes.map(slope => (slope * present) / found)
}
