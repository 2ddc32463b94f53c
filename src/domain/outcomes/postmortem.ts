import type { Model } from '../model/model.ts'
import { allMeasures } from '../scoring/compiled-model.ts'
import type { Look } from './look.ts'

/** What the score said of an account before what happened to it, as known on each day. */
export type Postmortem = {
  readonly looks: readonly DatedLook[]
  /** The component that fell first, how many days before, and by how many of its own points. */
  readonly firstMoved: { readonly component: string; readonly days: number; readonly fall: number } | undefined
  /** How many days before the score itself first left the healthy band for good; absent where it never did. */
  readonly warned: number | undefined
  /** Measures that were bad before the score was. */
  readonly earlier: readonly { readonly measure: string; readonly days: number; readonly score: number }[]
  /** Measures that had no reading on any of the days. */
  readonly neverKnown: readonly string[]
}

export type DatedLook = { readonly days: number; readonly look: Look }

/** The days before that are always told. */
const TOLD_DAYS = [180, 90, 60, 30] as const

/** Every week of the last half year, and the days that are told. */
export const LOOKED_DAYS = [
  ...new Set([...TOLD_DAYS, ...Array.from({ length: 26 }, (_, week) => 7 * (week + 1) - 2)]),
].sort((a, b) => b - a)

/** A component that fell by this many of its 100 points has moved. */
const FALL = 10

/** A measure below this is bad. */
const BAD = 40

/** `looks` from the longest ago. */
export function postmortemOf(model: Model, looks: readonly DatedLook[]): Postmortem {
  const warned = warnedAt(looks)
  return {
    looks: looks.filter(({ days }) => TOLD_DAYS.some(told => told === days)),
    firstMoved: firstMoved(model, looks),
    warned,
    earlier: earlierMeasures(model, looks, warned ?? 0),
    neverKnown: allMeasures(model)
      .filter((_, at) => looks.every(({ look }) => look.measures[at]?.reading === undefined))
      .map(({ id }) => id),
  }
}

function warnedAt(looks: readonly DatedLook[]): number | undefined {
  const known = looks.filter(({ look }) => look.score !== undefined)
  const lastHealthy = known.findLastIndex(({ look }) => look.score?.role === 'healthy')
  return known[lastHealthy + 1]?.days
}

function firstMoved(model: Model, looks: readonly DatedLook[]): Postmortem['firstMoved'] {
  for (const [at, { days, look }] of looks.entries()) {
    const falls = model.components.map(({ id }, part) => {
      const before = Math.max(...looks.slice(0, at).map(({ look }) => look.components[part] ?? -Infinity))
      return { component: id, days, fall: before - (look.components[part] ?? before) }
    })
    const [most] = falls.filter(({ fall }) => fall >= FALL && Number.isFinite(fall)).toSorted((a, b) => b.fall - a.fall)
    if (most !== undefined) return most
  }
  return undefined
}

function earlierMeasures(model: Model, looks: readonly DatedLook[], warned: number): Postmortem['earlier'] {
  return allMeasures(model)
    .flatMap(({ id }, at) => {
      const first = looks.find(({ look }) => (look.measures[at]?.score ?? 100) < BAD)
      const score = first?.look.measures[at]?.score
      return first === undefined || score === undefined || first.days <= warned
        ? []
        : [{ measure: id, days: first.days, score }]
    })
    .sort((a, b) => b.days - a.days)
}
