import type { Model } from '../domain/model/model.ts'

/** How the score is made: its components with their weights and measures, its bands and caps. */
export function modelDocument(model: Model) {
  return {
    name: model.name,
    version: model.version,
    components: model.components.map(({ id, label, weight, measures }) => ({
      id,
      label,
      weight,
      measures: measures.map(({ id, label, weight }) => ({ id, label: label ?? null, weight })),
    })),
    bands: model.bands.map(({ id, label, role, from }) => ({ id, label, role, from })),
    caps: model.caps.map(({ atMost, because }) => ({ at_most: atMost, because })),
    min_coverage: model.minCoverage,
  }
}
