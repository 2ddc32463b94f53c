import type { Look } from '../look.ts'
import { aucOf } from '../statistics/auc.ts'
import type { Estimate } from '../statistics/estimate.ts'
import { type Detection, detectionOf } from './detection.ts'

/** How well a score told good outcomes from bad ones; of those that had a score. */
export type Figures = Detection & {
  readonly auc: Estimate | undefined
  readonly scored: number
  readonly unscored: number
}

/** The same of some of the outcomes only. */
export type GroupFigures<Key> = Figures & { readonly key: Key; readonly bad: number; readonly good: number }

type Case = { readonly isBad: boolean; readonly known: Look }

export function figuresOf<C extends Case>(cases: readonly C[], lookOf: (one: C) => Look): Figures {
  const scored = scoredBy(cases, lookOf)
  return {
    ...detectionOf(scored),
    auc: aucOf(scored),
    scored: scored.length,
    unscored: cases.length - scored.length,
  }
}

export function scoredBy<C extends Case>(cases: readonly C[], lookOf: (one: C) => Look) {
  return cases.flatMap(one => {
    const { score } = lookOf(one)
    return score === undefined ? [] : [{ score: score.value, isBad: one.isBad, isFlagged: score.role === 'at_risk' }]
  })
}

/** By what was known of an account at the cut, in the order of the keys; those of which it was not known are in none. */
export function figuresBy<Key extends string | number>(
  cases: readonly Case[],
  keyOf: (look: Look) => Key | undefined,
): GroupFigures<Key>[] {
  const keys = [...new Set(cases.flatMap(({ known }) => keyOf(known) ?? []))]
  return keys
    .sort((a, b) => (a < b ? -1 : 1))
    .map(key => {
      const own = cases.filter(({ known }) => keyOf(known) === key)
      const bad = own.filter(({ isBad }) => isBad).length
      return { key, bad, good: own.length - bad, ...figuresOf(own, ({ known }) => known) }
    })
}
