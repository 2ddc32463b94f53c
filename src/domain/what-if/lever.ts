import type { ObservedAccount } from '../accounts/account.ts'
import type { Measure, Model, ScaledMeasure } from '../model/model.ts'
import { type Reading, readMeasure } from '../scoring/readings/reading.ts'
import { scoreOn } from '../scoring/readings/scale.ts'
import type { Assessment } from '../scoring/score.ts'
import type { Instant } from '../time/instant.ts'
import { asksAbout, thresholdsOf } from './thresholds.ts'

/** What could change about an account: one input, in the unit that people say it in (of a ratio its numerator). */
export type Lever = {
  readonly measure: Measure | ScaledMeasure
  /** Every measure that reads the same, and so moves with it. */
  readonly moves: readonly string[]
  readonly state: 'present' | 'never' | 'stale'
  /** The reading now; absent where there is none. */
  readonly from?: number
  /** What a ratio's numerator is divided by. */
  readonly divisor?: number
  /** Where the score's course bends: the keys of scales and what conditions compare with, ascending. */
  readonly edges: readonly number[]
  /** The part of the edges that conditions compare with. */
  readonly thresholds: readonly number[]
  /** Whether it comes in whole numbers, and from which on. */
  readonly isWhole: boolean
  readonly least: number
}

/** The inputs of an account's score that may be moved, and those of the watched ones that a cap asks about. */
export function leversOf(model: Model, account: ObservedAccount, now: Assessment): Lever[] {
  const scaled = now.components().flatMap(({ measures }) => measures.map(({ measure }) => measure))
  const watched = model.watch.filter(measure => model.caps.some(({ when }) => asksAbout(when, measure.id)))
  const all = [...scaled, ...watched]
  const alike = (measure: Measure) => all.filter(other => inputKey(other) === inputKey(measure))
  return all
    .filter(measure => alike(measure)[0] === measure && alike(measure).every(isMovable))
    .flatMap(measure => leverOf(model, account, now, alike(measure)) ?? [])
}

function leverOf(
  model: Model,
  account: ObservedAccount,
  now: Assessment,
  alike: readonly (Measure | ScaledMeasure)[],
): Lever | undefined {
  const [measure] = alike
  const reading = measure && now.readings().get(measure.id)
  if (measure === undefined || reading === undefined) return undefined
  const { state } = reading
  if (state === 'undefined' || state === 'not_applicable') return undefined
  const { input } = measure
  const take = input.from === 'metric' ? input.take : 'latest'
  // What is not there has no change, and a condition about it is not true, so that no cap hangs on it.
  if (state !== 'present' && (take === 'change' || !('scale' in measure))) return undefined
  const divisor = divisorOf(measure, reading, account, now.at)
  if (input.from === 'metric' && input.per !== undefined && divisor === undefined) return undefined

  const from = reading.ratio?.value ?? reading.value
  const moves = alike.map(({ id }) => id)
  const inOwnUnit = (values: readonly number[]) => ascending(values.map(value => value * (divisor ?? 1)))
  const thresholds = inOwnUnit(thresholdsOf(model, measure, moves))
  const keys = alike.flatMap(measure => ('scale' in measure ? measure.scale.points.map(([at]) => at) : []))
  const lever = {
    measure,
    moves,
    state,
    thresholds,
    edges: ascending([...inOwnUnit(keys), ...thresholds]),
    least: leastOf(measure),
    ...(from !== undefined && { from }),
    ...(divisor !== undefined && { divisor }),
  }
  return { ...lever, isWhole: isWhole(lever) }
}

/** The reading that a lever at such a position gives. */
export function readingAt({ divisor }: Lever, to: number): Reading {
  return {
    state: 'present',
    value: divisor === undefined ? to : to / divisor,
    signals: 1,
    newest: undefined,
    restsOnEvidence: true,
    ratio: divisor === undefined ? undefined : { value: to, divisor },
  }
}

/** What the measure's own scale gives, 0-100; nothing for a measure without weight. */
export function measureScoreAt({ measure, divisor = 1 }: Lever, to: number): number {
  return 'scale' in measure ? scoreOn(measure.scale, to / divisor) : 0
}

/** How much of a change it is: the points of the measure's own score; a first reading counts from 0. */
export function effortOf(lever: Lever, to: number): number {
  const before = lever.from === undefined ? 0 : measureScoreAt(lever, lever.from)
  return Math.abs(measureScoreAt(lever, to) - before)
}

function isMovable(measure: Measure | ScaledMeasure): boolean {
  return !('movable' in measure) || measure.movable
}

function inputKey({ input }: Measure): string {
  return JSON.stringify(Object.entries(input).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** A missing reading does not say by what it would be divided; one that were there would. */
function divisorOf(measure: Measure, reading: Reading, account: ObservedAccount, at: Instant): number | undefined {
  const { input } = measure
  if (reading.ratio !== undefined || input.from === 'attribute') return reading.ratio?.divisor
  return readMeasure({ ...measure, input: { ...input, whenEmpty: 1 } }, account, at).ratio?.divisor
}

/** A window without any signal has no count, unless the model gives it one. */
function leastOf({ input }: Measure): number {
  if (input.from === 'attribute') return -Infinity
  if (input.take === 'count') return input.whenEmpty === 0 ? 0 : 1
  return input.take === 'days_since' ? 0 : -Infinity
}

/** Counts are whole, means are not; of the others, those that are whole now and are judged by whole numbers. */
function isWhole({ measure, from = 0, divisor, edges }: Omit<Lever, 'isWhole'>): boolean {
  const take = measure.input.from === 'metric' ? measure.input.take : 'latest'
  if (take === 'mean') return false
  if (take !== 'latest' && take !== 'sum' && take !== 'min' && take !== 'max') return true
  if (!Number.isInteger(from)) return false
  if (divisor !== undefined) return Number.isInteger(divisor)
  const isShare = 'scale' in measure && measure.scale.form === 'linear' && (edges.at(-1) ?? 0) - (edges[0] ?? 0) <= 1
  return !isShare && edges.every(Number.isInteger)
}

function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b)
}
