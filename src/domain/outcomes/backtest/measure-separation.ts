import type { Model } from '../../model/model.ts'
import { allMeasures } from '../../scoring/compiled-model.ts'
import type { Look, MeasureLook } from '../look.ts'
import { aucOf } from '../statistics/auc.ts'
import type { Estimate } from '../statistics/estimate.ts'
import { median } from '../statistics/quantile.ts'

/** How well one measure separated good outcomes from bad ones. */
export type MeasureSeparation = {
  readonly id: string
  /** Of its 0-100; a watched measure has none, there the reading counts, more taken for better. */
  readonly auc: Estimate | undefined
  /** Of its readings. */
  readonly medianBad: number | undefined
  readonly medianGood: number | undefined
  /** The share of the outcomes for which it had a reading. */
  readonly coverage: number
  readonly isWeighed: boolean
  /** It said nothing at the cut, and much on the eve: it moves once the customer has decided. */
  readonly isLate: boolean
}

type Case = { readonly isBad: boolean; readonly known: Look; readonly eve: Look }

/** Sorted by how well they separate, in either direction. */
export function measureSeparations(model: Model, cases: readonly Case[]): MeasureSeparation[] {
  const weighed = model.components.flatMap(({ measures }) => measures).length
  return allMeasures(model)
    .map(({ id }, at) => {
      const auc = aucAt(cases, ({ known }) => known.measures[at])
      const eve = aucAt(cases, ({ eve }) => eve.measures[at])
      const readings = (isBad: boolean) =>
        cases.filter(one => one.isBad === isBad).flatMap(({ known }) => known.measures[at]?.reading ?? [])
      const [bad, good] = [readings(true), readings(false)]
      return {
        id,
        auc,
        medianBad: median(bad),
        medianGood: median(good),
        coverage: cases.length === 0 ? 0 : (bad.length + good.length) / cases.length,
        isWeighed: at < weighed,
        isLate: auc !== undefined && eve !== undefined && tellsNothing(auc) && eve.low > 0.5 && eve.value >= LATE,
      }
    })
    .sort((a, b) => separationOf(b.auc) - separationOf(a.auc))
}

/** An AUC that counts as telling much. */
const LATE = 0.65

function aucAt(cases: readonly Case[], lookAt: (one: Case) => MeasureLook | undefined): Estimate | undefined {
  return aucOf(
    cases.flatMap(one => {
      const look = lookAt(one)
      const score = look?.score ?? look?.reading
      return score === undefined ? [] : [{ score, isBad: one.isBad }]
    }),
  )
}

function tellsNothing({ low, high }: Estimate): boolean {
  return low <= 0.5 && high >= 0.5
}

function separationOf(auc: Estimate | undefined): number {
  return auc === undefined ? -1 : Math.abs(auc.value - 0.5)
}
