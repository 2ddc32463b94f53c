import type { ObservedAccount } from '../accounts/account.ts'
import { holds } from '../model/condition.ts'
import type { Band, Cap, Component, Measure, Model, ScaledMeasure, Segment } from '../model/model.ts'
import { isAtLeast, shownAs, sumOf } from '../number.ts'
import type { Instant } from '../time/instant.ts'
import type { Reading } from './reading.ts'
import { factsOfReadings, NOT_APPLICABLE, NOTHING_SUPPOSED, readAll, type Supposed } from './readings.ts'
import { scoreOn } from './scale.ts'

/** One account's score as of one instant, with every part that made it. */
export type Assessment = {
  readonly at: Instant
  readonly segment?: string
  /** The bands of the account's segment, from the worst. */
  readonly bands: readonly Band[]
  /** Absent when nothing is known. */
  readonly score?: Score
  readonly coverage: number
  /** Whether enough is known for a verdict. */
  readonly isCovered: boolean
  readonly components: readonly ComponentScore[]
  readonly caps: readonly CapState[]
  /** The readings of every measure, watched ones included, by id. */
  readonly readings: ReadonlyMap<string, Reading>
}

/** `value` is the least of `uncapped` and the caps that hold; `shown` what people see, and what bands compare. */
export type Score = { readonly value: number; readonly uncapped: number; readonly shown: number; readonly band: Band }

export type ComponentScore = {
  readonly component: Component
  readonly weight: number
  /** Its part of the weight that counted; 0 without a reading. */
  readonly share: number
  readonly score?: number
  readonly coverage: number
  readonly points: number
  readonly lost: number
  readonly measures: readonly MeasureScore[]
}

export type MeasureScore = {
  readonly measure: ScaledMeasure
  readonly reading: Reading
  readonly score?: number
  readonly points: number
  readonly lost: number
}

export type CapState = Cap & { readonly holds: boolean }

/** `supposed` readings stand in for the history's own, to ask what the score would be with them. */
export function assess(
  model: Model,
  account: ObservedAccount,
  at: Instant,
  supposed: Supposed = NOTHING_SUPPOSED,
): Assessment {
  const measures = allMeasures(model)
  const facts = factsOfReadings(measures, account, at, supposed)
  const segment = model.segments.find(({ when }) => holds(when, facts, at))
  const readings = readAll(measures, account, facts, at, supposed)
  const weighed = model.components.map(component => weigh(component, segment, readings))
  const counted = sumOf(weighed, ({ score, weight }) => (score === undefined ? 0 : weight))
  const isKnown = weighed.some(({ measures }) => measures.some(({ reading }) => reading.restsOnEvidence))
  const components = weighed.map(part => withPoints(part, isKnown ? counted : 0))
  const caps = model.caps.map(cap => ({ ...cap, holds: holds(cap.when, facts, at) }))
  const bands = bandsOf(model, segment)
  const coverage = isKnown ? coverageOf(weighed) : 0
  return {
    at,
    bands,
    coverage,
    components,
    caps,
    readings,
    isCovered: isKnown && isAtLeast(coverage, segment?.minCoverage ?? model.minCoverage),
    ...(segment !== undefined && { segment: segment.id }),
    ...(isKnown && { score: scoreOf(components, caps, bands) }),
  }
}

function bandsOf(model: Model, segment: Segment | undefined): Band[] {
  return model.bands.map(band => ({ ...band, from: segment?.bands[band.id] ?? band.from }))
}

/** The band that a shown score lies in; `bands` from the worst. */
export function bandAt(bands: readonly Band[], shown: number): Band {
  const band = bands.findLast(({ from }) => from <= shown) ?? bands[0]
  if (band === undefined) throw new Error('a model without bands')
  return band
}

export function allMeasures(model: Model): readonly Measure[] {
  return [...model.components.flatMap(({ measures }) => measures), ...model.watch]
}

function weigh(
  component: Component,
  segment: Segment | undefined,
  readings: ReadonlyMap<string, Reading>,
): ComponentScore & { readonly isApplicable: boolean } {
  const measures = component.measures.map(measure => measureScore(measure, readings.get(measure.id) ?? NOT_APPLICABLE))
  const weightWhere = (counts: (part: MeasureScore) => boolean) =>
    sumOf(measures, part => (counts(part) ? part.measure.weight : 0))
  const present = weightWhere(({ score }) => score !== undefined)
  const applicable = weightWhere(({ reading }) => reading.state !== 'not_applicable')
  const score = sumOf(measures, ({ measure, score = 0 }) => measure.weight * score) / present
  return {
    component,
    measures,
    weight: segment?.weights[component.id] ?? component.weight,
    isApplicable: applicable > 0,
    coverage: applicable > 0 ? present / applicable : 0,
    share: 0,
    points: 0,
    lost: 0,
    ...(present > 0 && { score }),
  }
}

function measureScore(measure: ScaledMeasure, reading: Reading): MeasureScore {
  if (reading.value === undefined) return { measure, reading, points: 0, lost: 0 }
  return { measure, reading, score: scoreOn(measure.scale, reading.value), points: 0, lost: 0 }
}

/** Fills in what a component, and each of its measures, adds to the score and takes from it; `counted` is the weight that counted. */
function withPoints(
  { isApplicable: _, ...part }: ComponentScore & { readonly isApplicable: boolean },
  counted: number,
): ComponentScore {
  if (part.score === undefined || counted === 0) return part
  const present = sumOf(part.measures, ({ measure, score }) => (score === undefined ? 0 : measure.weight))
  const pointsOf = (weight: number, score: number) => (weight * score) / counted
  const measures = part.measures.map(entry => {
    if (entry.score === undefined) return entry
    const weight = part.weight * (entry.measure.weight / present)
    return { ...entry, points: pointsOf(weight, entry.score), lost: pointsOf(weight, 100 - entry.score) }
  })
  return {
    ...part,
    measures,
    share: part.weight / counted,
    points: pointsOf(part.weight, part.score),
    lost: pointsOf(part.weight, 100 - part.score),
  }
}

function coverageOf(parts: readonly (ComponentScore & { readonly isApplicable: boolean })[]): number {
  const applicable = parts.filter(({ isApplicable }) => isApplicable)
  const total = sumOf(applicable, ({ weight }) => weight)
  return total === 0 ? 0 : sumOf(applicable, ({ weight, coverage }) => weight * coverage) / total
}

function scoreOf(components: readonly ComponentScore[], caps: readonly CapState[], bands: readonly Band[]): Score {
  const uncapped = sumOf(components, ({ points }) => points)
  const value = Math.min(uncapped, ...caps.filter(cap => cap.holds).map(({ atMost }) => atMost))
  const shown = shownAs(value)
  return { value, uncapped, shown, band: bandAt(bands, shown) }
}
