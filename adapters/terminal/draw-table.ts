import type { Cell, TablePart } from '../../src/views/card.ts'
import { inert } from './inert.ts'
import type { Lines } from './narrow-lines.ts'

/** A table as lines of equal width, its head first. What is too wide for its column ends with an ellipsis. */
export function tableLines({ columns, rows }: TablePart, width: number, lines: Lines): readonly string[] {
  const table = [columns.map(({ label }) => ({ text: label })), ...rows].map(cells =>
    columns.map((_, n) => wordsOf(cells[n])),
  )
  const widths = shared(
    columns.map((_, n) =>
      Math.min(width, Math.max(1, ...table.map(cells => lines.width((cells[n] ?? '').slice(0, width * 4))))),
    ),
    width - GAP * columns.length,
  )
  return table.map(cells =>
    cells
      .map((text, n) => ' '.repeat(GAP) + inColumn(text, widths[n] ?? 0, columns[n]?.isNumeric, lines))
      .join('')
      .trimEnd(),
  )
}

const GAP = 2

function wordsOf(cell: Cell | undefined): string {
  return inert(cell?.text ?? '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The widest columns give way until all fit. */
function shared(widths: readonly number[], room: number): readonly number[] {
  const most = Math.max(...widths)
  const sum = widths.reduce((all, each) => all + each, 0)
  return sum <= room || most <= LEAST
    ? widths
    : shared(
        widths.map(each => Math.min(each, most - 1)),
        room,
      )
}

const LEAST = 3

function inColumn(text: string, width: number, isNumeric: boolean | undefined, lines: Lines): string {
  const shown = fitted(text, width, lines)
  const blanks = ' '.repeat(Math.max(0, width - lines.width(shown)))
  return isNumeric ? blanks + shown : shown + blanks
}

function fitted(text: string, width: number, lines: Lines): string {
  if (text.length <= width * 4 && lines.width(text) <= width) return text
  const characters = [...text.slice(0, width * 4)]
  while (characters.length > 0 && lines.width(characters.join('')) > width - 1) characters.pop()
  return `${characters.join('').trimEnd()}…`
}
