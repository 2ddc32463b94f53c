import { metricNamed } from './metric-names.ts'
import type { ColumnProfile } from './profile.ts'

/** The metric of each column of figures; two of one meaning keep their own names. */
export function metricsOf(figures: readonly ColumnProfile[], ofModel: ReadonlySet<string>): Record<string, string> {
  const taken = new Set<string>()
  return Object.fromEntries(
    figures.map(({ name, words }) => {
      const meant = metricNamed(name, words, ofModel)
      const metric = taken.has(meant) ? words.replace(/ /g, '_') : meant
      taken.add(metric)
      return [name, metric] as const
    }),
  )
}
