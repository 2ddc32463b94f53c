import { checkKeys, checkString, isThing, listOf, type Thing } from './validate-objects.ts'

/** All cells of a message together: one page of Slack's documentation says 10,000, another 20,000. */
const MOST_CELL_CHARACTERS = 10_000
const MOST_CHARTS = 2

/** What Slack refuses of a `data_table`. */
export function checkTable(at: string, block: Thing): string[] {
  const rows = listOf(block.rows).map(listOf)
  const [head = []] = rows
  const size = block.page_size
  return [
    ...checkKeys(at, block, 'block_id rows caption page_size row_header_column_index'),
    ...checkString(`${at}/caption`, block.caption, 3_000),
    ...(rows.length >= 2 && rows.length <= 101 ? [] : [`${at}/rows: must be between 2 and 101, are ${rows.length}`]),
    ...(head.length >= 1 && head.length <= 20 ? [] : [`${at}/rows/0: must have between 1 and 20 cells`]),
    ...(rows.every(row => row.length === head.length) ? [] : [`${at}/rows: must all have the same number of cells`]),
    ...(size === undefined || (Number.isInteger(size) && Number(size) >= 1 && Number(size) <= 100)
      ? []
      : [`${at}/page_size: must be between 1 and 100`]),
    ...rows.flatMap((row, n) => row.flatMap((cell, m) => checkCell(`${at}/rows/${n}/${m}`, cell))),
  ]
}

function checkCell(at: string, cell: unknown): string[] {
  if (!isThing(cell)) return [`${at}: must be a cell`]
  if (cell.type === 'raw_text') {
    return [...checkKeys(at, cell, 'text'), ...checkString(`${at}/text`, cell.text, MOST_CELL_CHARACTERS)]
  }
  if (cell.type !== 'raw_number') return [`${at}: unsupported type: ${cell.type}`]
  return [
    ...checkKeys(at, cell, 'text value'),
    ...checkString(`${at}/text`, cell.text, MOST_CELL_CHARACTERS),
    ...checkNumber(`${at}/value`, cell.value),
  ]
}

/** What Slack refuses of a `data_visualization`, as far as we draw any: a line chart. */
export function checkChart(at: string, block: Thing): string[] {
  const chart = isThing(block.chart) ? block.chart : {}
  const series = listOf(chart.series).filter(isThing)
  const categories = isThing(chart.axis_config) ? listOf(chart.axis_config.categories) : []
  const names = series.map(({ name }) => name)
  return [
    ...checkKeys(at, block, 'block_id title chart'),
    ...checkKeys(`${at}/chart`, chart, 'series axis_config'),
    ...checkString(`${at}/title`, block.title, 50),
    ...(chart.type === 'line' ? [] : [`${at}/chart/type: unsupported type: ${chart.type}`]),
    ...(series.length >= 1 && series.length <= 6 ? [] : [`${at}/chart/series: must be between 1 and 6`]),
    ...(new Set(names).size < names.length ? [`${at}/chart/series: names must be unique`] : []),
    ...(categories.length >= 1 && categories.length <= 20
      ? []
      : [`${at}/chart: must have between 1 and 20 categories`]),
    ...(new Set(categories).size < categories.length ? [`${at}/chart: categories must be unique`] : []),
    ...series.flatMap((each, n) => checkSeries(`${at}/chart/series/${n}`, each, categories)),
  ]
}

function checkSeries(at: string, series: Thing, categories: readonly unknown[]): string[] {
  const points = listOf(series.data).filter(isThing)
  const labels = points.map(({ label }) => label)
  return [
    ...checkString(`${at}/name`, series.name, 20),
    ...(JSON.stringify(labels) === JSON.stringify(categories) ? [] : [`${at}/data: labels must match the categories`]),
    ...points.flatMap(({ label, value }, n) => [
      ...checkString(`${at}/data/${n}/label`, label, 20),
      ...checkNumber(`${at}/data/${n}/value`, value),
    ]),
  ]
}

function checkNumber(at: string, value: unknown): string[] {
  return typeof value === 'number' && Number.isFinite(value) ? [] : [`${at}: must be a number`]
}

/** What all tables and charts of one message must keep together. */
export function checkDataTogether(blocks: readonly unknown[]): string[] {
  const known = blocks.filter(isThing)
  const cells = known.filter(({ type }) => type === 'data_table').flatMap(({ rows }) => listOf(rows).flatMap(listOf))
  const characters = cells.filter(isThing).reduce((sum, { text }) => sum + String(text).length, 0)
  const charts = known.filter(({ type }) => type === 'data_visualization').length
  return [
    ...(characters > MOST_CELL_CHARACTERS ? [`tables: ${characters} characters in all cells`] : []),
    ...(charts > MOST_CHARTS ? [`data_visualization: no more than ${MOST_CHARTS} in a message`] : []),
  ]
}
