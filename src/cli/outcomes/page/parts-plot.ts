import type { ScorePart } from '../../../domain/outcomes/backtest/score-parts.ts'
import { figure } from '../../../views/page/markup.ts'

const [WIDTH, HEIGHT, LEFT, TOP, FOOT] = [680, 250, 44, 18, 44]

/** A bar for each part of the scores, its interval as a line over it, its counts below. */
export function partsPlot(title: string, words: string, parts: readonly ScorePart[]): string {
  const step = (WIDTH - LEFT) / Math.max(1, parts.length)
  const most = Math.max(0.1, ...parts.map(({ rate }) => rate.high))
  const top = [0.1, 0.2, 0.25, 0.5, 0.75, 1].find(line => line >= most) ?? 1
  const y = (share: number) => HEIGHT - FOOT - (share / top) * (HEIGHT - FOOT - TOP)
  const lines = [0, 0.25, 0.5, 0.75, 1].map(part => part * top)
  const bars = parts.map(({ from, to, rate, bad, count }, at) => {
    const [x, middle] = [LEFT + at * step + step * 0.2, LEFT + at * step + step / 2]
    return `<rect class="bad" x="${x}" y="${y(rate.value)}" width="${step * 0.6}" height="${y(0) - y(rate.value)}"/>
<path class="interval" d="M${middle} ${y(rate.low)}V${y(rate.high)}M${middle - 5} ${y(rate.low)}h10M${middle - 5} ${y(rate.high)}h10"/>
<text x="${middle}" y="${HEIGHT - FOOT + 17}" text-anchor="middle">${Math.round(from)}-${Math.round(to)}</text>
<text class="quiet" x="${middle}" y="${HEIGHT - FOOT + 33}" text-anchor="middle">${bad} of ${count}</text>`
  })
  const grid = lines.map(
    share => `<path class="grid" d="M${LEFT} ${y(share)}H${WIDTH}"/>
<text class="quiet" x="${LEFT - 8}" y="${y(share) + 4}" text-anchor="end">${Math.round(share * 1000) / 10}%</text>`,
  )
  return figure(title, words, WIDTH, HEIGHT, [...grid, ...bars].join('\n'))
}
