import type { Model } from '../../model/model.ts'
import { sumOf } from '../../number.ts'
import type { MeasureSeparation } from '../backtest/measure-separation.ts'
import { type Floor, type FloorId, MOST_HEALTHY, type TrustCase } from './trust.ts'

/** What would fix a failed floor: a line to move, or a measure that deserves more weight. */
export type Remedy =
  | { readonly kind: 'line'; readonly floor: LineFloor; readonly from: number; readonly to: number }
  | { readonly kind: 'measure'; readonly measure: string; readonly share: number; readonly coverage: number }

/** The floors that moving a line may help to reach. */
type LineFloor = Exclude<FloorId, 'monotone'>

/** What is known of before outcomes, and of today: the shown scores of the customers with a verdict. */
export type Grounds = {
  readonly cases: readonly TrustCase[]
  readonly shown: readonly number[]
  readonly measures: readonly MeasureSeparation[]
}

/** Less of the score, or a reading for fewer accounts, is little. */
const LITTLE = { share: 0.1, coverage: 0.5 }

/** For the floors that failed, in their order, each remedy once. */
export function remediesOf(model: Model, floors: readonly Floor[], { cases, shown, measures }: Grounds): Remedy[] {
  const failed = new Set(floors.filter(({ result }) => result === 'fail').map(({ id }) => id))
  if (failed.size === 0) return []
  const neglected = neglectedMeasure(model, measures)
  const tellsTooLittle = failed.has('risk_lift') || failed.has('recall_below_healthy') || failed.has('monotone')
  return [
    ...(failed.has('risk_lift') ? lineRemedy(model, 'risk_lift', narrower(model, cases)) : []),
    ...(failed.has('recall_below_healthy') ? lineRemedy(model, 'recall_below_healthy', higher(model, cases)) : []),
    ...(failed.has('share_healthy') ? lineRemedy(model, 'share_healthy', fewer(model, shown)) : []),
    ...(tellsTooLittle && neglected !== undefined ? [neglected] : []),
  ]
}

/** The best measure that tells beyond chance, and is watched only, weighs little or is missing for most. */
function neglectedMeasure(model: Model, measures: readonly MeasureSeparation[]): Remedy | undefined {
  const found = measures
    .filter(({ auc }) => auc !== undefined && auc.low > 0.5)
    .toSorted((a, b) => (b.auc?.value ?? 0) - (a.auc?.value ?? 0))
    .map(({ id, coverage }) => ({ kind: 'measure' as const, measure: id, share: shareOf(model, id), coverage }))
  return found.find(({ share, coverage }) => share < LITTLE.share || coverage < LITTLE.coverage)
}

/** The part of the whole weight that a measure has. */
function shareOf({ components }: Model, id: string): number {
  const component = components.find(({ measures }) => measures.some(measure => measure.id === id))
  const measure = component?.measures.find(measure => measure.id === id)
  if (component === undefined || measure === undefined) return 0
  const within = measure.weight / sumOf(component.measures, ({ weight }) => weight)
  return (within * component.weight) / sumOf(components, ({ weight }) => weight)
}

function lineRemedy(model: Model, floor: LineFloor, to: number | undefined): Remedy[] {
  const from = lineOf(model, floor === 'risk_lift' ? 'at_risk' : 'healthy')
  return to === undefined || to === from ? [] : [{ kind: 'line', floor, from, to }]
}

/** Where a band ends that is at risk, or begins that is healthy. */
function lineOf({ bands }: Model, line: 'at_risk' | 'healthy'): number {
  const is = (role: string) => bands.filter(band => band.role === role)
  if (line === 'healthy') return is('healthy')[0]?.from ?? 100
  const last = bands.findLastIndex(({ role }) => role === 'at_risk')
  return bands[last + 1]?.from ?? 100
}

/** The widest band at risk whose accounts churned three times as often as all. */
function narrower(model: Model, cases: readonly TrustCase[]): number | undefined {
  const scored = cases.flatMap(({ at90, isChurned }) => (at90 === undefined ? [] : [{ score: at90.score, isChurned }]))
  const rate = (some: readonly { readonly isChurned: boolean }[]) =>
    some.filter(one => one.isChurned).length / some.length
  const now = Math.floor(lineOf(model, 'at_risk'))
  const lines = Array.from({ length: Math.max(0, now - 1) }, (_, at) => now - 1 - at)
  return lines.find(line => {
    const below = scored.filter(({ score }) => score < line)
    return below.length >= 20 && rate(below) >= 3 * rate(scored)
  })
}

/** The lowest line below which two thirds of those who left were. */
function higher(model: Model, cases: readonly TrustCase[]): number | undefined {
  const left = cases.flatMap(({ isChurned, at90, at60 }) => {
    const scores = [at90, at60].flatMap(before => before?.score ?? [])
    return isChurned && scores.length > 0 ? [Math.min(...scores)] : []
  })
  return linesAbove(lineOf(model, 'healthy')).find(
    line => left.filter(score => score < line).length >= (2 * left.length) / 3,
  )
}

/** The lowest line that at most 80 % of the customers reach. */
function fewer(model: Model, shown: readonly number[]): number | undefined {
  return linesAbove(lineOf(model, 'healthy')).find(
    line => shown.filter(score => score >= line).length <= MOST_HEALTHY * shown.length,
  )
}

function linesAbove(line: number): number[] {
  const now = Math.ceil(line)
  return Array.from({ length: Math.max(0, 100 - now) }, (_, at) => now + 1 + at)
}
