import type { Model } from '../../domain/model/model.ts'
import type { MeasureParting } from '../../domain/outcomes/measure-parting.ts'
import { percent } from '../../domain/percent.ts'
import { allMeasures } from '../../domain/scoring/compiled-model.ts'
import type { Item } from '../card.ts'
import { measureName, numberText } from '../parts/evidence.ts'
import { estimateText } from './estimate-text.ts'

/** The measures that told most, and those that only moved late, in one or two sentences. */
export function measuresSentence(model: Model, measures: readonly MeasureParting[]): string {
  const telling = measures.filter(({ auc }) => auc !== undefined && auc.low > 0.5).slice(0, 4)
  const late = measures.filter(({ isLate }) => isLate)
  const first =
    telling.length === 0
      ? 'No single measure told them apart beyond chance.'
      : `What told them apart: ${joined(telling.map(({ id }) => nameOf(model, id)))}.`
  if (late.length === 0) return first
  return `${first} Moved only once it was decided: ${joined(late.map(({ id }) => nameOf(model, id)))}.`
}

export function measureItems(model: Model, measures: readonly MeasureParting[]): Item[] {
  return measures.map(({ id, auc, medianBad, medianGood, coverage, isLate, isWeighed }) => {
    const medians = `median ${valueText(medianBad)} of those that left or shrank, ${valueText(medianGood)} of the others`
    const notes = [`${percent(coverage)} had it`, ...(isWeighed ? [] : ['watched']), ...(isLate ? ['moves late'] : [])]
    return {
      lead: nameOf(model, id),
      text: auc === undefined ? 'too few readings to tell' : `AUC ${estimateText(auc)}`,
      note: `${medians}; ${notes.join(', ')}`,
    }
  })
}

function valueText(value: number | undefined): string {
  return value === undefined ? 'unknown' : numberText(value)
}

function nameOf(model: Model, id: string): string {
  const measure = allMeasures(model).find(measure => measure.id === id)
  return measure === undefined ? id : measureName(model, measure)
}

function joined(names: readonly string[]): string {
  const [last, ...rest] = names.toReversed()
  return rest.length === 0 ? (last ?? '') : `${rest.toReversed().join(', ')} and ${last}`
}
