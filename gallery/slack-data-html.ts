import type { types } from '@slack/bolt'
import type { ChartBlock } from '../adapters/slack/render/draw-chart.ts'
import { escapeHtml } from './escape-html.ts'
import { lineChartSvg } from './line-chart-svg.ts'

/** A table that can be sorted, as a client shows its first page. */
export function dataTableHtml({ caption, rows, page_size: size = 5 }: types.DataTableBlock): string {
  const [head = [], ...body] = rows
  const pages = Math.ceil(body.length / size)
  const pager = pages > 1 ? `<p class="quiet pager">1 of ${pages} pages · ${body.length} rows</p>` : ''
  const heads = head.map(cell => `<th scope="col"${numeric(cell)}>${wordsOf(cell)}</th>`).join('')
  const lines = body.slice(0, size).map(rowHtml).join('\n')
  return `<div class="table"><table><caption>${escapeHtml(caption)}</caption>
<thead><tr>${heads}</tr></thead><tbody>${lines}</tbody></table>${pager}</div>`
}

type TableCell = types.DataTableBlock['rows'][number][number]

function rowHtml([name, ...cells]: readonly TableCell[]): string {
  const first = name === undefined ? '' : `<th scope="row">${wordsOf(name)}</th>`
  return `<tr>${first}${cells.map(cell => `<td${numeric(cell)}>${wordsOf(cell)}</td>`).join('')}</tr>`
}

function numeric({ type }: TableCell): string {
  return type === 'raw_number' ? ' class="number"' : ''
}

function wordsOf(cell: TableCell): string {
  return cell.type === 'rich_text' ? '' : escapeHtml(cell.text)
}

/** A line chart with its legend. */
export function chartHtml({ title, chart }: ChartBlock): string {
  const { series, axis_config: axis } = chart
  const svg = lineChartSvg({
    title,
    labels: axis.categories,
    series: series.map(({ name, data }) => ({ name, values: data.map(({ value }) => value) })),
  })
  return `<figure class="chart"><figcaption>${escapeHtml(title)}</figcaption>${svg}</figure>`
}
