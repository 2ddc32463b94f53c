import type { Estimate } from '../../../domain/outcomes/statistics/estimate.ts'
import { estimateText } from '../../../views/outcomes/estimate-text.ts'
import { escaped, figure } from '../../../views/page/markup.ts'

export type AucLine = { readonly label: string; readonly auc: Estimate; readonly isScore?: boolean }

const [WIDTH, ROW, LEFT, RIGHT, FOOT] = [680, 26, 230, 130, 24]

/** A point for each AUC with its interval, beside the line where chance is. */
export function aucPlot(lines: readonly AucLine[]): string {
  const height = lines.length * ROW + FOOT
  const least = Math.min(0.4, ...lines.map(({ auc }) => Math.floor(auc.low * 10) / 10))
  const x = (auc: number) => LEFT + ((auc - least) / (1 - least)) * (WIDTH - LEFT - RIGHT)
  const ticks = Array.from({ length: Math.round((1 - least) * 10) + 1 }, (_, at) => least + at / 10)
  const grid = ticks.map(tick => {
    const kind = Math.abs(tick - 0.5) < 1e-9 ? 'chance' : 'grid'
    return `<path class="${kind}" d="M${x(tick)} 0V${height - FOOT}"/>
<text class="quiet" x="${x(tick)}" y="${height - 6}" text-anchor="middle">${tick.toFixed(1)}</text>`
  })
  const rows = lines.map(({ label, auc, isScore }, at) => {
    const y = at * ROW + ROW / 2
    return `<text x="0" y="${y + 4}"${isScore ? ' class="strong"' : ''}>${escaped(shortened(label))}</text>
<path class="interval" d="M${x(auc.low)} ${y}H${x(auc.high)}"/><circle class="${isScore ? 'score' : 'other'}" cx="${x(auc.value)}" cy="${y}" r="4.5"/>
<text class="quiet" x="${WIDTH}" y="${y + 4}" text-anchor="end">${estimateText(auc)}</text>`
  })
  const words = lines.map(({ label, auc }) => `${label}: ${estimateText(auc)}`).join('; ')
  return figure('AUC with its interval; 0.5 is chance', words, WIDTH, height, [...grid, ...rows].join('\n'))
}

function shortened(label: string): string {
  const letters = [...label]
  return letters.length <= 36 ? label : `${letters.slice(0, 35).join('')}…`
}
