import type { Cell, TablePart } from '../../../src/views/card.ts'
import { COLORS, MARKS } from './draw-list.ts'
import { CUTS, LIMITS } from './limits.ts'
import { type Element, richText, run, type Style } from './text.ts'

/** A table with its caption above. */
export function drawTable({ caption, columns: all, rows }: TablePart): readonly Element[] {
  const columns = all.slice(0, LIMITS.columns)
  if (columns.length === 0) return []
  const most = Math.min(CUTS.cell, Math.floor(CUTS.row / columns.length))
  const row = (cells: readonly Cell[], style?: Style): Element => ({
    type: 'TableRow',
    cells: columns.map(({ isNumeric }, n) => ({
      type: 'TableCell',
      items: [richText([cellRun(cells[n], most, style)], isNumeric ? { horizontalAlignment: 'right' } : {})],
    })),
  })
  const head = row(
    columns.map(({ label }) => ({ text: label })),
    { weight: 'bolder' },
  )
  return [
    richText([run(caption, CUTS.heading, { weight: 'bolder' })]),
    {
      type: 'Table',
      columns: columns.map(({ label }, n) => ({ width: widthOf([label, ...rows.map(cells => cells[n]?.text ?? '')]) })),
      rows: [head, ...rows.map(cells => row(cells))],
    },
  ]
}

/** As much room as the longest text wants, so that words stay whole; a sentence can take several lines. */
function widthOf(texts: readonly string[]): number {
  const longest = Math.max(...texts.map(text => [...text].length))
  return Math.min(longest, WIDEST) + PADDING
}

const PADDING = 5
const WIDEST = 24

/** A sign beside the words, never a color alone. */
function cellRun(cell: Cell = { text: '' }, most: number, style: Style = {}): Element {
  const { text, tone } = cell
  return tone === undefined ? run(text, most, style) : run(`${MARKS[tone]} ${text}`, most, COLORS[tone])
}
