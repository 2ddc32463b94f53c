import type { Model } from '../../../domain/model/model.ts'
import type { ScorePart } from '../../../domain/outcomes/score-parts.ts'
import { dayOf } from '../../../domain/time/instant.ts'
import type { Part, TablePart } from '../../../views/card.ts'
import { backtestCard } from '../../../views/outcomes/backtest-card.ts'
import { YARDSTICKS_CAPTION, yardstickName } from '../../../views/outcomes/backtest-tables.ts'
import { versionName } from '../../../views/outcomes/model-versions.ts'
import type { BacktestReport } from '../../../work/outcomes/backtest.ts'
import { type AucLine, aucPlot } from './auc-plot.ts'
import { escaped } from './markup.ts'
import { partsPlot } from './parts-plot.ts'
import { STYLE } from './style.ts'

/** One page that needs nothing else, on a screen or on paper: the card, and its plots with the intervals. */
export function backtestPage(model: Model, report: BacktestReport): string {
  const { backtest } = report
  const { title, summary, parts } = backtestCard(model, report)
  const made = `${versionName(backtest.model)}, as of ${dayOf(backtest.asOf)}`
  const [, ...others] = parts
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escaped(`${title}: ${made}`)}</title><style>${STYLE}</style></head>
<body><main><h1>${escaped(title)}</h1>
<p class="lead">${escaped(summary)}</p><p class="quiet">${escaped(made)}</p>
${others.map(part => partHtml(part, model, report)).join('\n')}
</main></body></html>
`
}

function partHtml(part: Part, model: Model, { backtest }: BacktestReport): string {
  switch (part.kind) {
    case 'text':
      return `<p${part.quiet ? ' class="quiet"' : ''}>${escaped(part.text)}</p>`
    case 'facts':
      return `<table><tbody>${part.facts.map(({ label, value }) => row([label, value])).join('')}</tbody></table>`
    case 'list': {
      const rows = part.items.map(({ lead = '', text, note = '' }) =>
        row([lead, note === '' ? text : `${text}. ${note}`]),
      )
      return `${heading(part.heading)}<table><tbody>${rows.join('')}</tbody></table>`
    }
    case 'table':
      return `${heading(part.caption)}${part.caption === YARDSTICKS_CAPTION ? aucPlot(aucLines(model, backtest)) : table(part)}`
    case 'chart':
      return `${heading(part.title)}${partsPlot(part.title, part.text, backtest.parts)}${partsTable(backtest.parts)}`
  }
}

function aucLines(model: Model, { known, yardsticks }: BacktestReport['backtest']): AucLine[] {
  const beside = yardsticks.flatMap(yardstick =>
    yardstick.auc === undefined ? [] : [{ label: yardstickName(model, yardstick), auc: yardstick.auc }],
  )
  return [...(known.auc === undefined ? [] : [{ label: 'The score', auc: known.auc, isScore: true }]), ...beside]
}

function partsTable(parts: readonly ScorePart[]): string {
  const percent = (share: number) => `${Math.round(share * 100)}%`
  return table({
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

function heading(text: string | undefined): string {
  return text === undefined ? '' : `<h2>${escaped(text)}</h2>`
}

function row([first = '', ...cells]: readonly string[]): string {
  return `<tr><th scope="row">${escaped(first)}</th>${cells.map(cell => `<td>${escaped(cell)}</td>`).join('')}</tr>`
}

function table({ columns, rows }: Pick<TablePart, 'columns' | 'rows'>): string {
  const kind = (at: number) => (columns[at]?.isNumeric ? ' class="number"' : '')
  const head = columns.map(({ label }, at) => `<th scope="col"${kind(at)}>${escaped(label)}</th>`).join('')
  const body = rows.map(cells =>
    cells
      .map(({ text }, at) =>
        at === 0 ? `<th scope="row">${escaped(text)}</th>` : `<td${kind(at)}>${escaped(text)}</td>`,
      )
      .join(''),
  )
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.map(line => `<tr>${line}</tr>`).join('')}</tbody></table>`
}
