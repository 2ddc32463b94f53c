import type { ObservedAccount } from '../accounts/account.ts'
import { holds } from '../model/condition.ts'
import type { Band, Model } from '../model/model.ts'
import { isAtLeast, lostIn, shownAs } from '../number.ts'
import type { Instant } from '../time/instant.ts'
import { compiledModel } from './compiled-model.ts'
import { type Readings, readingsOf } from './readings/readings.ts'
import { isAnythingKnown, type Part, pointsOf, weigh } from './weigh.ts'

/** One account's score as of one instant, in numbers: what most instants of a scoring are asked for. */
export type Outline = {
  readonly at: Instant
  readonly segment: string | undefined
  /** The bands of the account's segment, from the worst. */
  readonly bands: readonly Band[]
  /** Absent when nothing is known. */
  readonly score: Score | undefined
  readonly coverage: number
  /** Whether enough is known for a verdict. */
  readonly isCovered: boolean
  /** One for each component, in their order. */
  readonly parts: readonly Part[]
  /** The weight of those that counted. */
  readonly counted: number
}

/** `value` is the least of `uncapped` and the caps that hold; `shown` what people see, and what bands compare. */
export type Score = { readonly value: number; readonly uncapped: number; readonly shown: number; readonly band: Band }

/** An outline with all that it was made of. */
export type Outlined = Outline & {
  readonly readings: Readings
  /** Whether each cap of the model holds, in their order. */
  readonly capsHold: readonly boolean[]
}

export function outline(model: Model, account: ObservedAccount, at: Instant): Outlined {
  return outlineFrom(readingsOf(model, account), at)
}

/** Where parts are known as of the instant, by the places of their components, these are not weighed again. */
export function outlineFrom(readings: Readings, at: Instant, known: readonly (Part | undefined)[] = []): Outlined {
  const { model, facts, earliest } = readings
  if (at < earliest) throw new Error(`the signals were read for later instants than ${at}`)
  const { segments, otherwise, components } = compiledModel(model)
  const segment = segments.find(({ when }) => holds(when, facts, at))
  const { weights, bands, minCoverage } = segment ?? otherwise
  const parts: Part[] = []
  for (const [place, component] of components.entries())
    parts.push(known[place] ?? weigh(component, weights[place] ?? 0, readings, at))
  const capsHold = model.caps.map(({ when }) => holds(when, facts, at))
  const isKnown = isAnythingKnown(parts)
  const { coverage, counted } = isKnown ? totalsOf(parts) : NOTHING
  return {
    at,
    segment: segment?.id,
    bands,
    score: isKnown ? scoreOf(model, parts, counted, capsHold, bands) : undefined,
    coverage,
    isCovered: isKnown && isAtLeast(coverage, minCoverage),
    parts,
    readings,
    counted,
    capsHold,
  }
}

/** The band that a shown score lies in; `bands` from the worst. */
export function bandAt(bands: readonly Band[], shown: number): Band {
  const band = bands.findLast(({ from }) => from <= shown) ?? bands[0]
  if (band === undefined) throw new Error('a model without bands')
  return band
}

const NOTHING = { coverage: 0, counted: 0 }

/** What the components cover, and the weight of those that count. All sums are compensated, as in `sumOf`. */
function totalsOf(parts: readonly Part[]): typeof NOTHING {
  let applicable = 0
  let applicableLost = 0
  let covered = 0
  let coveredLost = 0
  let counted = 0
  let countedLost = 0
  for (const { weight, score, coverage, isApplicable } of parts) {
    if (isApplicable) {
      applicableLost += lostIn(applicable, weight)
      applicable += weight
      coveredLost += lostIn(covered, weight * coverage)
      covered += weight * coverage
    }
    if (score !== undefined) {
      countedLost += lostIn(counted, weight)
      counted += weight
    }
  }
  const total = applicable + applicableLost
  return { coverage: total === 0 ? 0 : (covered + coveredLost) / total, counted: counted + countedLost }
}

function allPoints(parts: readonly Part[], counted: number): number {
  let sum = 0
  let lost = 0
  for (const part of parts) {
    const points = pointsOf(part, counted)
    lost += lostIn(sum, points)
    sum += points
  }
  return sum + lost
}

function scoreOf(
  { caps }: Model,
  parts: readonly Part[],
  counted: number,
  capsHold: readonly boolean[],
  bands: readonly Band[],
): Score {
  const uncapped = allPoints(parts, counted)
  const value = caps.reduce((least, { atMost }, cap) => (capsHold[cap] ? Math.min(least, atMost) : least), uncapped)
  const shown = shownAs(value)
  return { value, uncapped, shown, band: bandAt(bands, shown) }
}
