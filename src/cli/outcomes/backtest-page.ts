import type { Model } from '../../domain/model/model.ts'
import type { ScorePart } from '../../domain/outcomes/score-parts.ts'
import type { Card, Part } from '../../views/card.ts'
import { backtestCard } from '../../views/outcomes/backtest-card.ts'
import type { BacktestReport } from '../../work/outcomes/backtest.ts'

/** One page that needs nothing else, on a screen or on paper: the card, and its plot with the intervals. */
export function backtestPage(model: Model, report: BacktestReport): string {
  const card = backtestCard(model, report)
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(card.title)}</title><style>${STYLE}</style></head>
<body><h1>${escaped(card.title)}</h1>
${card.parts.map(part => partHtml(part, card, report.backtest.parts)).join('\n')}
</body></html>
`
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1d1c1d}
h1{font-size:1.4rem}h2{font-size:1.05rem;margin:1.6rem 0 .4rem}.quiet{color:#616061;font-size:.85rem}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.25rem .6rem .25rem 0;border-bottom:1px solid #ddd;vertical-align:top;font-weight:400}
th{font-weight:600}svg{width:100%;height:auto}svg text{font-size:11px;fill:#1d1c1d}@media print{body{margin:0}h2{break-after:avoid}tr{break-inside:avoid}}`

function partHtml(part: Part, card: Card, parts: readonly ScorePart[]): string {
  switch (part.kind) {
    case 'text':
      return `<p${part.quiet ? ' class="quiet"' : ''}>${escaped(part.text)}</p>`
    case 'facts':
      return table(part.facts.map(({ label, value }) => [label, value]))
    case 'list':
      return `<h2>${escaped(part.heading ?? card.title)}</h2>${table(part.items.map(({ lead, text, note }) => [lead ?? '', text, note ?? '']))}`
    case 'table':
      return `<h2>${escaped(part.caption)}</h2>${table(part.rows.map(row => row.map(({ text }) => text)))}`
    case 'chart':
      return `<h2>${escaped(part.title)}</h2>${plot(parts)}${table(part.text.split('\n').map(line => [line]))}`
  }
}

function table(rows: readonly (readonly string[])[]): string {
  const row = ([first = '', ...cells]: readonly string[]) =>
    `<tr><th>${escaped(first)}</th>${cells.map(cell => `<td>${escaped(cell)}</td>`).join('')}</tr>`
  return `<table>${rows.map(row).join('')}</table>`
}

const [WIDTH, HEIGHT, LEFT, FOOT] = [640, 240, 40, 30]

/** A bar for each part of the scores, with the interval as a line over it. */
function plot(parts: readonly ScorePart[]): string {
  const step = (WIDTH - LEFT) / Math.max(1, parts.length)
  const y = (share: number) => HEIGHT - FOOT - share * (HEIGHT - FOOT - 10)
  const bars = parts.map(({ from, to, rate }, at) => {
    const [x, middle] = [LEFT + at * step + step * 0.15, LEFT + at * step + step / 2]
    return `<rect x="${x}" y="${y(rate.value)}" width="${step * 0.7}" height="${y(0) - y(rate.value)}" fill="#c9736b"/>
<line x1="${middle}" x2="${middle}" y1="${y(rate.low)}" y2="${y(rate.high)}" stroke="#1d1c1d" stroke-width="1.5"/>
<text x="${middle}" y="${HEIGHT - 12}" text-anchor="middle">${Math.round(from)}-${Math.round(to)}</text>`
  })
  const lines = [0, 0.25, 0.5, 0.75, 1].map(
    share => `<line x1="${LEFT}" x2="${WIDTH}" y1="${y(share)}" y2="${y(share)}" stroke="#ddd"/>
<text x="${LEFT - 6}" y="${y(share) + 4}" text-anchor="end">${share * 100}%</text>`,
  )
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">${[...lines, ...bars].join('\n')}</svg>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
