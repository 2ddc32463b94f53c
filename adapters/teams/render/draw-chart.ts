import type { ChartPart, TextPart, Tone } from '../../../src/views/card.ts'
import { CUTS, LIMITS } from './limits.ts'
import { type Element, isVisible, words } from './text.ts'

/** What stands below a chart, whether it is drawn or not. */
export function wordsOf({ text }: ChartPart): TextPart {
  return { kind: 'text', text, quiet: true }
}

const COLORS: Readonly<Record<Tone, string>> = {
  good: 'good',
  warn: 'warning',
  bad: 'attention',
  neutral: 'neutral',
}

/** A line through at least two numbers, and a level one for each to read it by; a client that has no charts leaves it out. */
export function drawChart({ title, points, lines = [] }: ChartPart): readonly Element[] {
  const values = points
    .filter(({ value }) => Number.isFinite(value))
    .slice(-LIMITS.chartPoints)
    .map(({ label, value }) => ({ x: words(label, CUTS.chartLabel), y: value }))
  const [first, last] = [values[0], values.at(-1)]
  if (first === undefined || last === undefined || values.length < 2 || !isVisible(title)) return []
  const levels = lines
    .filter(({ value }) => Number.isFinite(value))
    .slice(0, LIMITS.chartLines)
    .map(({ label, value: y, tone }) => ({
      legend: words(label, CUTS.chartLegend),
      color: COLORS[tone],
      values: [first, last].map(({ x }) => ({ x, y })),
    }))
  const name = words(title, CUTS.label)
  return [{ type: 'Chart.Line', title: name, data: [{ legend: name, values }, ...levels], fallback: 'drop' }]
}
