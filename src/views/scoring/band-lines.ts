import type { Model } from '../../domain/model/model.ts'
import type { Assessment } from '../../domain/scoring/score.ts'
import type { ChartPart } from '../card.ts'
import { toneOf } from './status-text.ts'

/** Where each band begins, to read a chart of scores by. */
export function bandLines(model: Model, { bands }: Pick<Assessment, 'bands'>): NonNullable<ChartPart['lines']> {
  return bands
    .filter(({ from }) => from > 0)
    .map(({ label, from, id }) => ({ label, value: from, tone: toneOf(model, id) }))
}
