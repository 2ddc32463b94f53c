import { type Subjects, truth } from './oracle-conditions.ts'
import type { OracleWorld, RawBand, RawMeasure } from './oracle-model.ts'
import { same, total } from './oracle-numbers.ts'
import { type OracleReading, readMeasure } from './oracle-readings.ts'

export interface OracleMeasure extends OracleReading {
  readonly id: string
  readonly score: number | null
}

export interface OracleComponent {
  readonly id: string
  readonly weight: number
  readonly share: number
  readonly score: number | null
  readonly coverage: number
  readonly points: number
  readonly lost: number
  readonly measures: readonly OracleMeasure[]
}

export interface OracleScore {
  readonly segment: string | null
  readonly bands: readonly RawBand[]
  readonly uncapped: number | null
  readonly score: number | null
  readonly shown: number | null
  readonly band: RawBand | null
  /** What would be told without any settling. */
  readonly bare: string
  readonly coverage: number
  readonly components: readonly OracleComponent[]
  readonly caps: readonly { readonly at_most: number; readonly because: string; readonly holds: boolean }[]
}

const noSubjects: Subjects = {
  shown: () => undefined,
  judged: () => undefined,
  band: () => undefined,
  component: () => undefined,
  measure: () => undefined,
}

/** The bare score as of t. */
export function scoreAsOf(world: OracleWorld, t: number): OracleScore {
  const { model } = world
  const segment = (model.segments ?? []).find(one => truth(world, one.when, t, noSubjects) === true)
  const bands = model.bands.map(band => ({ ...band, from: segment?.bands?.[band.id] ?? band.from }))

  const read = model.components.map(component => ({
    id: component.id,
    weight: segment?.weights?.[component.id] ?? component.weight,
    measures: component.measures.map(measure => ({ ...measured(world, measure, t), weight: measure.weight ?? 1 })),
  }))
  const known = read.some(component => component.measures.some(measure => measure.founded))
  const weighed = read.map(component => {
    const present = component.measures.filter(measure => measure.state === 'present')
    const applicable = component.measures.filter(measure => measure.state !== 'not_applicable')
    return {
      ...component,
      score: present.length === 0 ? null : weightedMean(present.map(m => [m.weight, m.score ?? Number.NaN])),
      coverage: applicable.length === 0 ? 0 : total(present.map(m => m.weight)) / total(applicable.map(m => m.weight)),
      applicable: applicable.length > 0,
    }
  })

  const counted = weighed.filter(component => component.score !== null)
  const weight = total(counted.map(component => component.weight))
  const uncapped = known ? weightedMean(counted.map(c => [c.weight, c.score ?? Number.NaN])) : null
  const coverage = known
    ? weightedMean(weighed.filter(component => component.applicable).map(c => [c.weight, c.coverage]))
    : 0

  const reading = (id: string, at: number) => readingOf(world, id, at)
  const caps = (model.caps ?? []).map(cap => ({
    at_most: cap.at_most,
    because: cap.because,
    holds: truth(world, cap.when, t, { ...noSubjects, measure: reading }) === true,
  }))
  const score = uncapped === null ? null : Math.min(uncapped, ...caps.filter(cap => cap.holds).map(cap => cap.at_most))
  const shown = score === null ? null : rounded(score)
  const band = shown === null ? null : (bands.filter(one => one.from <= shown).at(-1) ?? null)
  const minimum = segment?.min_coverage ?? model.min_coverage ?? 0.5
  const covered = coverage > minimum || same(coverage, minimum)
  const bare = band === null || !covered ? 'unknown' : band.id

  return {
    ...{ segment: segment?.id ?? null, bands, uncapped, score, shown, band, bare, coverage, caps },
    components: weighed.map(({ id, weight: own, measures, score: s, coverage: c }) => {
      const counts = uncapped !== null && s !== null
      const points = counts ? (own * s) / weight : 0
      const lost = counts ? (own * (100 - s)) / weight : 0
      return { id, weight: own, share: counts ? own / weight : 0, score: s, coverage: c, points, lost, measures }
    }),
  }
}

/** The reading of a measure with or without weight. */
export function readingOf(world: OracleWorld, id: string, t: number): number | undefined {
  const measures = [...world.model.components.flatMap(component => component.measures), ...(world.model.watch ?? [])]
  const measure = measures.find(one => one.id === id)
  return measure === undefined ? undefined : (measured(world, measure, t).reading ?? undefined)
}

function measured(world: OracleWorld, measure: RawMeasure, t: number): OracleMeasure {
  const applies = measure.applies_when === undefined || truth(world, measure.applies_when, t, noSubjects) === true
  const read: OracleReading = applies
    ? readMeasure(world, measure, t)
    : { state: 'not_applicable', reading: null, signals: 0, newest: null, founded: false }
  return { ...read, id: measure.id, score: read.reading === null ? null : scaled(measure, read.reading) }
}

/** By its scale or its steps. */
function scaled(measure: RawMeasure, reading: number): number {
  const points = Object.entries(measure.scale ?? measure.steps ?? {})
    .map(([key, value]) => [Number(key), value] as const)
    .sort((a, b) => a[0] - b[0])
  const reached = (key: number) => key <= reading || (measure.steps !== undefined && same(key, reading))
  const lower = points.filter(([key]) => reached(key)).at(-1)
  const upper = points.find(([key]) => key > reading)
  if (lower === undefined) return points[0]?.[1] ?? Number.NaN
  if (measure.steps !== undefined || upper === undefined) return lower[1]
  return lower[1] + ((upper[1] - lower[1]) * (reading - lower[0])) / (upper[0] - lower[0])
}

function weightedMean(pairs: readonly (readonly [number, number])[]): number {
  return total(pairs.map(([weight, value]) => weight * value)) / total(pairs.map(([weight]) => weight))
}

const noise = (number: number) => Number(number.toFixed(9))

/** Half up, after rounding to 9 decimals. */
const rounded = (score: number) => Math.floor(noise(score) + 0.5)
