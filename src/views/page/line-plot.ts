import type { ChartPart } from '../card.ts'
import { escaped, figure } from './markup.ts'

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT] = [680, 220, 30, 134, 14, 30]
const [FLOOR, SPAN] = [HEIGHT - FOOT, HEIGHT - FOOT - TOP]

/** Scores of 0 to 100 over time, with the lines to read them by and a mark wherever something happened. */
export function linePlot({ title, text, points, lines = [], marks = [] }: ChartPart): string {
  const step = (WIDTH - LEFT - RIGHT) / Math.max(1, points.length - 1)
  const x = (at: number) => Math.round((LEFT + at * step) * 10) / 10
  const y = (value: number) => Math.round((FLOOR - (Math.min(100, Math.max(0, value)) / 100) * SPAN) * 10) / 10
  const grid = [0, 50, 100].map(
    value => `<path class="grid" d="M${LEFT} ${y(value)}H${WIDTH - RIGHT}"/>
<text class="quiet" x="${LEFT - 6}" y="${y(value) + 4}" text-anchor="end">${value}</text>`,
  )
  const bands = lines.map(
    ({ label, value }) => `<path class="chance" d="M${LEFT} ${y(value)}H${WIDTH - RIGHT}"/>
<text class="quiet" x="${WIDTH - RIGHT + 6}" y="${y(value) + 4}">${escaped(shortened(`${label} ${value}`))}</text>`,
  )
  const events = marks.map(({ label, tone }) => {
    const at = points.findIndex(point => point.label === label)
    const value = points[at]?.value
    return value === undefined ? '' : `<circle class="mark ${tone}" cx="${x(at)}" cy="${y(value)}" r="6"/>`
  })
  const course = points.map(({ value }, at) => `${at === 0 ? 'M' : 'L'}${x(at)} ${y(value)}`).join('')
  const dots = points.map(({ value }, at) => `<circle class="score" cx="${x(at)}" cy="${y(value)}" r="2.5"/>`)
  const every = Math.ceil(points.length / 8)
  const days = points.map(({ label }, at) =>
    at % every === 0
      ? `<text class="quiet" x="${x(at)}" y="${HEIGHT - 8}" text-anchor="middle">${escaped(label)}</text>`
      : '',
  )
  const drawn = [...grid, ...bands, ...events, `<path class="course" d="${course}"/>`, ...dots, ...days]
  const said = marks.map(mark => mark.text)
  const words = `${text}${said.length === 0 ? '' : ` ${said.join('; ')}.`}`
  return figure(title, words, WIDTH, HEIGHT, drawn.join('\n'))
}

function shortened(label: string): string {
  const letters = [...label]
  return letters.length <= 20 ? label : `${letters.slice(0, 19).join('')}…`
}
