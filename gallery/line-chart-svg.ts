import { escapeHtml } from './escape-html.ts'

export type Lines = {
  readonly title: string
  readonly labels: readonly string[]
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[]
}

const [WIDTH, HEIGHT, LEFT, BOTTOM] = [520, 150, 34, 20]
const COLORS = ['#1264a3', '#b3261e', '#b98900', '#2f7d4f', '#6b4fa0', '#5a5a5a']

/** Lines over a common axis with the first and the last label, and a legend below. */
export function lineChartSvg({ title, labels, series }: Lines): string {
  const values = series.flatMap(({ values }) => values)
  const [low, high] = [Math.min(0, ...values), Math.max(1, ...values)]
  const x = (n: number) => LEFT + (n / Math.max(1, labels.length - 1)) * (WIDTH - LEFT - 8)
  const y = (value: number) => 8 + (1 - (value - low) / (high - low)) * (HEIGHT - BOTTOM - 8)
  const ticks = [low, (low + high) / 2, high].map(tick => {
    const at = y(tick).toFixed(1)
    return `<line x1="${LEFT}" x2="${WIDTH - 8}" y1="${at}" y2="${at}" class="grid"/><text x="${LEFT - 6}" y="${at}" class="tick">${Math.round(tick)}</text>`
  })
  const curves = series.map(({ values }, n) => {
    const points = values.map((value, at) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(' ')
    return `<polyline points="${points}" stroke="${COLORS[n % COLORS.length]}" class="${n === 0 ? 'curve' : 'level'}"/>`
  })
  const ends = [labels[0], labels.at(-1)].map((label = '', n) => {
    const at = n === 0 ? LEFT : WIDTH - 8
    return `<text x="${at}" y="${HEIGHT - 4}" class="${n === 0 ? 'first' : 'last'}">${escapeHtml(label)}</text>`
  })
  const legend = series.map(
    ({ name }, n) => `<span><i style="background:${COLORS[n % COLORS.length]}"></i>${escapeHtml(name)}</span>`,
  )
  const drawn = [...ticks, ...curves, ...ends].join('')
  return `<svg role="img" aria-label="${escapeHtml(title)}" viewBox="0 0 ${WIDTH} ${HEIGHT}">${drawn}</svg><div class="legend">${legend.join('')}</div>`
}
