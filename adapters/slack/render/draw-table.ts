import type { types } from '@slack/bolt'
import type { Cell, TablePart } from '../../../src/views/card.ts'
import type { Drawing } from './button.ts'
import { TONES } from './draw-list.ts'
import { CUTS, LIMITS } from './limits.ts'
import { literal, mrkdwn, raw } from './text.ts'

/** A table that the reader sorts and filters; where Slack takes none, a line for each row. */
export function drawTable(table: TablePart, { place }: Drawing): readonly types.KnownBlock[] {
  if (table.columns.length === 0) return []
  const bounded = { ...table, columns: table.columns.slice(0, LIMITS.columns) }
  return place === 'message' && table.rows.length > 0 ? [dataTable(bounded)] : lines(bounded)
}

function dataTable({ caption, columns, rows }: TablePart): types.DataTableBlock {
  const head = columns.map(({ label }) => rawText(label))
  const body = rows.slice(0, LIMITS.rows).map(cells =>
    columns.map(({ isNumeric }, n) => {
      const { value, ...cell } = cells[n] ?? { text: '' }
      const text = shown(cell)
      return isNumeric && value !== undefined && Number.isFinite(value)
        ? ({ type: 'raw_number', value, text: raw(text, CUTS.cell) } as const)
        : rawText(text)
    }),
  )
  return {
    type: 'data_table',
    caption: raw(caption, CUTS.caption),
    page_size: Math.min(body.length, PAGE),
    rows: [head, ...body],
  }
}

/** Rows of a long table that are shown at a time. */
const PAGE = 10

function rawText(text: string): types.RawTextElement {
  return { type: 'raw_text', text: raw(text, CUTS.cell) }
}

/** A sign beside the words, never a color alone. */
function shown({ text, tone }: Cell): string {
  return tone === undefined ? text : `${TONES[tone]} ${text}`
}

function lines({ caption, columns, rows }: TablePart): readonly types.KnownBlock[] {
  const sections: string[][] = [[`*${literal(caption, CUTS.caption)}*`]]
  for (const [name = { text: '' }, ...cells] of rows) {
    const rest = columns.slice(1).map(({ label }, n) => `${label} ${shown(cells[n] ?? { text: '–' })}`)
    const line = `*${literal(shown(name), CUTS.cell)}*${rest.length === 0 ? '' : ` ${literal(rest.join(' · '), CUTS.row)}`}`
    const last = sections.at(-1) ?? []
    if ([...last, line].join('\n').length > CUTS.shared) sections.push([line])
    else last.push(line)
  }
  return sections.map(section => ({ type: 'section', text: mrkdwn(section.join('\n')) }))
}
