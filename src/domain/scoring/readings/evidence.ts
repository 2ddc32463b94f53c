import type { Model } from '../../model/model.ts'
import type { Signal } from '../../sources/signal.ts'
import type { Instant } from '../../time/instant.ts'
import { allMeasures } from '../compiled-model.ts'
import { windowsOf } from './reading.ts'

/** What a measure rests on: its newest signals, oldest first, and the names of all its sources. */
export type Evidence = { readonly newest: readonly Signal[]; readonly sources: readonly string[] }

const MOST_VALUES = 3

/** The evidence of every measure as of an instant, by the measure's id. */
export function evidenceOf(model: Model, signals: readonly Signal[], at: Instant): Map<string, Evidence> {
  return new Map(
    allMeasures(model).map(measure => {
      const windows = windowsOf(measure, at)
      const within = signals
        .filter(({ metric, observedAt }) =>
          windows.some(window => window.metric === metric && observedAt > window.after && observedAt <= window.until),
        )
        .sort((a, b) => a.observedAt - b.observedAt)
      const own = measure.input.from === 'metric' ? measure.input.metric : undefined
      const newest = within.filter(({ metric }) => metric === own).slice(-MOST_VALUES)
      const sources = [...new Set(within.map(({ source }) => source ?? ''))].filter(source => source !== '')
      return [measure.id, { newest, sources }]
    }),
  )
}
