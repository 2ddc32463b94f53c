import type { Model } from '../../domain/model/model.ts'
import type { Backtest, Yardstick } from '../../domain/outcomes/backtest/backtest.ts'
import type { GroupFigures } from '../../domain/outcomes/backtest/figures.ts'
import type { MeasureSeparation } from '../../domain/outcomes/backtest/measure-separation.ts'
import type { Estimate } from '../../domain/outcomes/statistics/estimate.ts'
import { wilson } from '../../domain/outcomes/statistics/wilson.ts'
import { percent } from '../../domain/percent.ts'
import type { Cell, Column, Part } from '../card.ts'
import { numberText } from '../scoring/evidence.ts'
import { estimateText, shareText } from './estimate-text.ts'
import { nameOfMeasure } from './measure-name.ts'

/** Fewer outcomes of a group have no AUC of their own. */
const ENOUGH = 40

export const YARDSTICKS_CAPTION = 'The score, and what it should beat'

/** The score, and what it must be better than. */
export function yardsticksTable(model: Model, { known, yardsticks }: Backtest): Part[] {
  const rows = yardsticks.map(yardstick => [{ text: yardstickName(model, yardstick) }, aucCell(yardstick.auc)])
  const columns = [{ label: '' }, { label: 'AUC', isNumeric: true }]
  return table(YARDSTICKS_CAPTION, columns, [[{ text: 'The score' }, aucCell(known.auc)], ...rows])
}

export function yardstickName(model: Model, { name, measure }: Yardstick): string {
  const label = YARDSTICKS[name] ?? name
  return measure === undefined ? label : `${label}: ${nameOfMeasure(model, measure)}`
}

const YARDSTICKS: Readonly<Record<string, string>> = {
  best_measure: 'Best measure',
  last_seen: 'Days since the last signal',
  owner_pulse: "The owner's pulse",
  previous_model: 'The model before this one',
}

export function measuresTable(model: Model, measures: readonly MeasureSeparation[]): Part[] {
  const columns = [
    { label: 'Measure' },
    { label: 'AUC', isNumeric: true },
    { label: 'Left or shrank', isNumeric: true },
    { label: 'Others', isNumeric: true },
    { label: 'Known', isNumeric: true },
  ]
  const rows = measures.map(({ id, auc, medianBad, medianGood, coverage, isWeighed, isLate }) => {
    const marks = [...(isWeighed ? [] : ['watched']), ...(isLate ? ['moves late'] : [])]
    const name = `${nameOfMeasure(model, id)}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}`
    return [
      { text: name },
      aucCell(auc),
      ...[medianBad, medianGood].map(medianCell),
      { text: percent(coverage), value: coverage },
    ]
  })
  return table('Measures, the best first, with their medians', columns, rows)
}

/** How segments went, or the accounts with one rating. */
export function groupsTable<Key>(
  caption: string,
  head: string,
  groups: readonly GroupFigures<Key>[],
  nameOf: (key: Key) => string,
): Part[] {
  const columns = [
    { label: head },
    { label: 'Outcomes', isNumeric: true },
    { label: 'Left or shrank', isNumeric: true },
    { label: 'AUC', isNumeric: true },
  ]
  const rows = groups.map(({ key, bad, good, auc }) => {
    const [all, rate] = [bad + good, wilson(bad, bad + good)]
    return [
      { text: nameOf(key) },
      { text: String(all), value: all },
      rate === undefined ? NONE : { text: shareText(rate), value: rate.value },
      aucCell(all < ENOUGH ? undefined : auc),
    ]
  })
  return table(caption, columns, rows)
}

const NONE: Cell = { text: 'too few' }

function aucCell(auc: Estimate | undefined): Cell {
  return auc === undefined ? NONE : { text: estimateText(auc), value: auc.value }
}

function medianCell(value: number | undefined): Cell {
  return value === undefined ? { text: 'unknown' } : { text: numberText(value), value }
}

function table(caption: string, columns: readonly Column[], rows: readonly (readonly Cell[])[]): Part[] {
  return rows.length === 0 ? [] : [{ kind: 'table', caption, columns, rows }]
}
