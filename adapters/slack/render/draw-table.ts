import type { types } from '@slack/bolt'
import type { TablePart } from '../../../src/views/card.ts'
import { CUTS } from './limits.ts'
import { literal, mrkdwn } from './text.ts'

/** A line for each row, under the caption. */
export function drawTable({ caption, columns, rows }: TablePart): readonly types.KnownBlock[] {
  const head = `*${literal(caption, CUTS.heading)}*`
  const lines = rows.map(cells =>
    cells.map(({ text }, n) => `${literal(columns[n]?.label ?? '', 40)}: ${literal(text, 100)}`).join(' · '),
  )
  return [{ type: 'section', text: mrkdwn(literalJoin([head, ...lines])) }]
}

function literalJoin(lines: readonly string[]): string {
  let text = ''
  for (const line of lines) if (text.length + line.length < 2_900) text += (text === '' ? '' : '\n') + line
  return text
}
