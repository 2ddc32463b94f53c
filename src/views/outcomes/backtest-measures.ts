import type { Model } from '../../domain/model/model.ts'
import type { MeasureSeparation } from '../../domain/outcomes/backtest/measure-separation.ts'
import { nameOfMeasure } from './measure-name.ts'

/** The measures that told most, and those that only moved late, in one or two sentences. */
export function measuresSentence(model: Model, measures: readonly MeasureSeparation[]): string {
  const telling = measures.filter(({ auc }) => auc !== undefined && auc.low > 0.5).slice(0, 4)
  const late = measures.filter(({ isLate }) => isLate)
  const first =
    telling.length === 0
      ? 'No single measure told them apart beyond chance.'
      : `What told them apart: ${joined(telling.map(({ id }) => nameOfMeasure(model, id)))}.`
  if (late.length === 0) return first
  return `${first} Moved only once it was decided: ${joined(late.map(({ id }) => nameOfMeasure(model, id)))}.`
}

function joined(names: readonly string[]): string {
  const [last, ...rest] = names.toReversed()
  return rest.length === 0 ? (last ?? '') : `${rest.toReversed().join(', ')} and ${last}`
}
