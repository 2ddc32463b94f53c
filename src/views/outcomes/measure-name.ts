import type { Model } from '../../domain/model/model.ts'
import { allMeasures } from '../../domain/scoring/compiled-model.ts'
import { measureName } from '../scoring/evidence.ts'

/** What people call a measure, by its id. */
export function nameOfMeasure(model: Model, id: string): string {
  const measure = allMeasures(model).find(measure => measure.id === id)
  return measure === undefined ? id : measureName(model, measure)
}
