import type { types } from '@slack/bolt'
import type { ChartPart, TextPart } from '../../../src/views/card.ts'
import { CUTS, LIMITS } from './limits.ts'
import { isVisible, raw } from './text.ts'

/** A block that `@slack/types` does not know yet; see docs.slack.dev/reference/block-kit/blocks/data-visualization-block. */
export type ChartBlock = types.Block & {
  readonly type: 'data_visualization'
  readonly title: string
  readonly chart: {
    readonly type: 'line'
    readonly series: readonly Series[]
    readonly axis_config: { readonly categories: readonly string[] }
  }
}

type Series = { readonly name: string; readonly data: readonly Point[] }
type Point = { readonly label: string; readonly value: number }

/** What stands below a chart, whether it is drawn or not. */
export function wordsOf({ text }: ChartPart): TextPart {
  return { kind: 'text', text, quiet: true }
}

/** The curve, and a level series for each line to read it by. Nothing for fewer than two points. */
export function drawChart({ title, points, lines = [] }: ChartPart): readonly ChartBlock[] {
  const data = thinned(named(points.filter(({ value }) => Number.isFinite(value))))
  if (data.length < 2 || !isVisible(title)) return []
  const level = (value: number) => data.map(({ label }) => ({ label, value }))
  const levels = lines
    .filter(({ value }) => Number.isFinite(value))
    .map(({ label, value }) => ({ name: raw(label, CUTS.chartLabel), data: level(value) }))
  const curve = { name: raw(title, CUTS.chartLabel), data }
  const series = [curve, ...levels].filter(({ name }, n, all) => all.findIndex(each => each.name === name) === n)
  const chart = {
    type: 'line',
    series: series.slice(0, LIMITS.series),
    axis_config: { categories: data.map(({ label }) => label) },
  } as const
  return [{ type: 'data_visualization', title: raw(title, CUTS.chartTitle), chart }]
}

/** Slack finds a point by its label, so of several with one label the last counts. */
function named(points: ChartPart['points']): readonly Point[] {
  const byLabel = new Map(points.map(({ label, value }) => [raw(label, CUTS.chartLabel), value]))
  return [...byLabel].map(([label, value]) => ({ label, value }))
}

/** As many as Slack draws, evenly chosen, the first and the last among them. */
function thinned(points: readonly Point[]): readonly Point[] {
  const most = LIMITS.chartPoints
  if (points.length <= most) return points
  return Array.from({ length: most }, (_, n) => points[Math.round((n * (points.length - 1)) / (most - 1))]).filter(
    point => point !== undefined,
  )
}
