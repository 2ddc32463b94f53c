import type { Model } from '../../model/model.ts'
import type { Day, Instant } from '../../time/instant.ts'
import type { Look } from '../look.ts'
import { aucOf, type Scored } from '../statistics/auc.ts'
import type { Estimate } from '../statistics/estimate.ts'
import { quantile } from '../statistics/quantile.ts'
import { type Figures, figuresBy, figuresOf, type GroupFigures, scoredBy } from './figures.ts'
import { type MeasureSeparation, measureSeparations } from './measure-separation.ts'
import { type ScorePart, scoreParts } from './score-parts.ts'

/** An outcome with what the score said at the cut. */
export type BacktestCase = {
  readonly account: { readonly id: string; readonly name: string }
  readonly on: Day
  readonly isBad: boolean
  readonly known: Look
  readonly today: Look
  /** The day before, as known then. */
  readonly eve: Look
  /** What the model before this one said, as known at the cut. */
  readonly before?: Look | undefined
  readonly leadTime?: number | undefined
}

export type Yardstick = { readonly name: string; readonly measure?: string; readonly auc: Estimate | undefined }

export type GreenChurn = {
  readonly account: { readonly id: string; readonly name: string }
  readonly on: Day
  readonly shown: number
}

export type Backtest = {
  readonly model: Pick<Model, 'name' | 'version'>
  readonly leadDays: number
  readonly asOf: Instant
  readonly bad: number
  readonly good: number
  readonly known: Figures
  readonly today: Figures
  readonly yardsticks: readonly Yardstick[]
  readonly parts: readonly ScorePart[]
  readonly measures: readonly MeasureSeparation[]
  readonly greenChurns: readonly GreenChurn[]
  readonly leadTime:
    | { readonly q1: number; readonly median: number; readonly q3: number; readonly count: number }
    | undefined
  /** By the attribute `segment`; none where all are of one. */
  readonly segments: readonly GroupFigures<string>[]
  /** By the pulse that the owner had given, 1 to 5. */
  readonly pulses: readonly GroupFigures<number>[]
}

/** Fewer allow no conclusion. */
const FEWEST_OUTCOMES = { all: 40, ofASide: 10 }

/** From this many outcomes on, tenths instead of fifths. */
const ENOUGH_FOR_TENTHS = 1_000

export function backtestOf(model: Model, cases: readonly BacktestCase[], leadDays: number, asOf: Instant): Backtest {
  const scored = scoredBy(cases, ({ known }) => known)
  return {
    model: { name: model.name, version: model.version },
    leadDays,
    asOf,
    bad: cases.filter(({ isBad }) => isBad).length,
    good: cases.filter(({ isBad }) => !isBad).length,
    known: figuresOf(cases, ({ known }) => known),
    today: figuresOf(cases, ({ today }) => today),
    ...separations(model, cases),
    parts: scoreParts(scored, scored.length >= ENOUGH_FOR_TENTHS ? 10 : 5),
    greenChurns: cases.flatMap(({ isBad, known: { score }, account, on }) =>
      isBad && score?.role === 'healthy' ? [{ account, on, shown: score.shown }] : [],
    ),
    leadTime: leadTimeOf(cases.flatMap(({ leadTime }) => leadTime ?? [])),
    segments: segmentsOf(cases),
    pulses: figuresBy(cases, ({ pulse }) => pulse),
  }
}

/** What is missing to conclude anything, in words; undefined where there is enough. */
export function tooFewToConclude({ bad, good, known }: Pick<Backtest, 'bad' | 'good' | 'known'>): string | undefined {
  const { all, ofASide } = FEWEST_OUTCOMES
  if (bad + good < all) return `too few outcomes: ${bad + good} of the ${all} needed`
  if (bad < ofASide) return `too few churns and contractions: ${bad} of the ${ofASide} needed`
  if (good < ofASide) return `too few renewals: ${good} of the ${ofASide} needed`
  return known.scored < all ? `too few outcomes with a score then: ${known.scored} of the ${all} needed` : undefined
}

/** The measures one by one, and what the score must be better than. */
function separations(model: Model, cases: readonly BacktestCase[]): Pick<Backtest, 'measures' | 'yardsticks'> {
  const measures = measureSeparations(model, cases)
  const [best] = measures
    .filter(({ isWeighed, auc }) => isWeighed && auc !== undefined)
    .toSorted((a, b) => (b.auc?.value ?? 0) - (a.auc?.value ?? 0))
  const by = (scoreOf: (one: BacktestCase) => number | undefined): Scored[] =>
    cases.flatMap(one => {
      const score = scoreOf(one)
      return score === undefined ? [] : [{ score, isBad: one.isBad }]
    })
  const seen = by(({ known: { lastSeen } }) => (lastSeen === undefined ? undefined : -lastSeen))
  const pulse = by(({ known }) => known.pulse)
  const before = by(({ before }) => before?.score?.value)
  return {
    measures,
    yardsticks: [
      ...(best === undefined ? [] : [{ name: 'best_measure', measure: best.id, auc: best.auc }]),
      { name: 'last_seen', auc: aucOf(seen) },
      ...(pulse.length > 0 ? [{ name: 'owner_pulse', auc: aucOf(pulse) }] : []),
      ...(cases.some(({ before }) => before !== undefined) ? [{ name: 'previous_model', auc: aucOf(before) }] : []),
    ],
  }
}

function leadTimeOf(days: readonly number[]): Backtest['leadTime'] {
  const [q1, median, q3] = [0.25, 0.5, 0.75].map(share => quantile(days, share))
  if (q1 === undefined || median === undefined || q3 === undefined) return undefined
  return { q1, median, q3, count: days.length }
}

function segmentsOf(cases: readonly BacktestCase[]): GroupFigures<string>[] {
  const segments = figuresBy(cases, ({ segment }) => segment)
  return segments.length < 2 ? [] : segments
}
