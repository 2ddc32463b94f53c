import type { ObservedAccount } from '../accounts/account.ts'
import { holds } from '../model/condition.ts'
import type { Band, Model } from '../model/model.ts'
import { isAtLeast, lostIn, shownAs } from '../number.ts'
import type { Instant } from '../time/instant.ts'
import { compiledModel } from './compiled-model.ts'
import { type Readings, readingsOf } from './readings.ts'
import { isAnythingKnown, type Part, weigh } from './weigh.ts'

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
}

/** `value` is the least of `uncapped` and the caps that hold; `shown` what people see, and what bands compare. */
export type Score = { readonly value: number; readonly uncapped: number; readonly shown: number; readonly band: Band }

/** An outline with all that it was made of. */
export type Outlined = Outline & {
  readonly readings: Readings
  /** The weight of the components that counted. */
  readonly counted: number
  /** Whether each cap of the model holds, in their order. */
  readonly capsHold: readonly boolean[]
}

export function outline(model: Model, account: ObservedAccount, at: Instant): Outlined {
  return outlineFrom(readingsOf(model, account), at)
}

/** Parts of another outline as of the instant stand in for those of the same components: they are not weighed again. */
export function outlineFrom(readings: Readings, at: Instant, known: readonly Part[] = []): Outlined {
  const { model, facts, earliest } = readings
  if (at < earliest) throw new Error(`the signals were read for later instants than ${at}`)
  const { segments, otherwise, dials } = compiledModel(model)
  const segment = segments.find(({ when }) => holds(when, facts, at))
  const { weights, bands, minCoverage } = segment ?? otherwise
  const parts: Part[] = []
  for (const dial of dials) {
    const part = known.length === 0 ? undefined : known.find(({ component }) => component === dial.component)
    parts.push(
      part === undefined
        ? weigh(dial, weights[parts.length] ?? 0, readings, at)
        : { ...part, share: 0, points: 0, lost: 0 },
    )
  }
  const capsHold = model.caps.map(({ when }) => holds(when, facts, at))
  const isKnown = isAnythingKnown(parts)
  const { coverage, counted } = isKnown ? totalsOf(parts) : NOTHING
  for (const part of parts) givePoints(part, counted)
  return {
    at,
    segment: segment?.id,
    bands,
    score: isKnown ? scoreOf(model, parts, capsHold, bands) : undefined,
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

function givePoints(part: { -readonly [Key in keyof Part]: Part[Key] }, counted: number): void {
  const { weight, score } = part
  if (score === undefined || counted === 0) return
  part.share = weight / counted
  part.points = (weight * score) / counted
  part.lost = (weight * (100 - score)) / counted
}

const NOTHING = { coverage: 0, counted: 0 }

/** What the components cover, and the weight of those that count. All sums are compensated, as in `sumOf`. */
function totalsOf(parts: readonly Part[]): typeof NOTHING {
  let [applicable, applicableLost, covered, coveredLost, counted, countedLost] = [0, 0, 0, 0, 0, 0]
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

function pointsOf(parts: readonly Part[]): number {
  let [sum, lost] = [0, 0]
  for (const { points } of parts) {
    lost += lostIn(sum, points)
    sum += points
  }
  return sum + lost
}

function scoreOf({ caps }: Model, parts: readonly Part[], capsHold: readonly boolean[], bands: readonly Band[]): Score {
  const uncapped = pointsOf(parts)
  const value = caps.reduce((least, { atMost }, cap) => (capsHold[cap] ? Math.min(least, atMost) : least), uncapped)
  const shown = shownAs(value)
  return { value, uncapped, shown, band: bandAt(bands, shown) }
}
