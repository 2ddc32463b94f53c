import type { Model } from '../../../domain/model/model.ts'
import type { ScorePart } from '../../../domain/outcomes/backtest/score-parts.ts'
import { percent } from '../../../domain/percent.ts'
import { dayOf } from '../../../domain/time/instant.ts'
import type { Part } from '../../../views/card.ts'
import { backtestCard } from '../../../views/outcomes/backtest-card.ts'
import { YARDSTICKS_CAPTION, yardstickName } from '../../../views/outcomes/backtest-tables.ts'
import { versionName } from '../../../views/outcomes/model-versions.ts'
import { escaped } from '../../../views/page/markup.ts'
import { pageHtml } from '../../../views/page/page.ts'
import { heading, partHtml, tableHtml } from '../../../views/page/part-html.ts'
import type { BacktestReport } from '../../../work/outcomes/backtest.ts'
import { type AucLine, aucPlot } from './auc-plot.ts'
import { partsPlot } from './parts-plot.ts'

/** One page that needs nothing else, on a screen or on paper: the card, and its plots with the intervals. */
export function backtestPage(model: Model, report: BacktestReport): string {
  const { backtest } = report
  const { title, summary, parts } = backtestCard(model, report)
  const made = `${versionName(backtest.model)}, as of ${dayOf(backtest.asOf)}`
  const [, ...others] = parts
  const body = `<p class="lead">${escaped(summary)}</p><p class="quiet">${escaped(made)}</p>
${others.map(part => plotted(part, model, report)).join('\n')}`
  return pageHtml({ title, name: `${title}: ${made}`, body })
}

/** Two of its parts are drawn in their own way. */
function plotted(part: Part, model: Model, { backtest }: BacktestReport): string {
  if (part.kind === 'table' && part.caption === YARDSTICKS_CAPTION)
    return `${heading(part.caption)}${aucPlot(aucLines(model, backtest))}`
  if (part.kind === 'chart')
    return `${heading(part.title)}${partsPlot(part.title, part.text, backtest.parts)}${partsTable(backtest.parts)}`
  return partHtml(part)
}

function aucLines(model: Model, { known, yardsticks }: BacktestReport['backtest']): AucLine[] {
  const beside = yardsticks.flatMap(yardstick =>
    yardstick.auc === undefined ? [] : [{ label: yardstickName(model, yardstick), auc: yardstick.auc }],
  )
  return [...(known.auc === undefined ? [] : [{ label: 'The score', auc: known.auc, isScore: true }]), ...beside]
}

function partsTable(parts: readonly ScorePart[]): string {
  return tableHtml({
    columns: [
      { label: 'Score' },
      { label: 'Left or shrank', isNumeric: true },
      { label: 'Share', isNumeric: true },
      { label: '95% interval', isNumeric: true },
    ],
    rows: parts.map(({ from, to, bad, count, rate: { value, low, high } }) =>
      [
        `${Math.round(from)}-${Math.round(to)}`,
        `${bad} of ${count}`,
        percent(value),
        `${percent(low)} to ${percent(high)}`,
      ].map(text => ({ text })),
    ),
  })
}
