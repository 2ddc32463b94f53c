import type { Cell, TablePart } from '../../../src/views/card.ts'
import { CUTS } from './limits.ts'
import { type Element, richText, run } from './text.ts'

/** A table with its caption above. */
export function drawTable({ caption, columns, rows }: TablePart): readonly Element[] {
  if (columns.length === 0) return []
  const aligned = (n: number) => (columns[n]?.isNumeric ? { horizontalAlignment: 'right' } : {})
  const cell = ({ text }: Cell, n: number, weight?: 'bolder') => ({
    type: 'TableCell',
    items: [richText([run(text, CUTS.label, weight && { weight })], aligned(n))],
  })
  const row = (cells: readonly Cell[], weight?: 'bolder') => ({
    type: 'TableRow',
    cells: columns.map((_, n) => cell(cells[n] ?? { text: '' }, n, weight)),
  })
  return [
    richText([run(caption, CUTS.heading, { weight: 'bolder' })]),
    {
      type: 'Table',
      firstRowAsHeader: true,
      columns: columns.map((_, n) => ({ width: n === 0 ? 3 : 1 })),
      rows: [
        row(
          columns.map(({ label }) => ({ text: label })),
          'bolder',
        ),
        ...rows.map(cells => row(cells)),
      ],
    },
  ]
}
