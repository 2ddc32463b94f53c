import type { Card, Cell, Item, Part, TablePart } from '../../../src/views/card.ts'
import { cut, oneLine, orDash } from '../../characters.ts'
import { TONES } from '../render/draw-list.ts'

/** A card as the Markdown of a canvas, without its buttons. */
export function renderCanvas({ badge, parts }: Card): { readonly type: 'markdown'; readonly markdown: string } {
  const head = badge === undefined ? [] : [`**${written(badge.text)}**`]
  return { type: 'markdown', markdown: [...head, ...parts.flatMap(draw)].join('\n\n') }
}

function draw(part: Part): string[] {
  switch (part.kind) {
    case 'text':
      return part.text.split('\n').map(line => (part.quiet === true ? `_${written(line)}_` : written(line)))
    case 'facts':
      return [part.facts.map(({ label, value }) => `- **${written(label)}** ${written(value)}`).join('\n')]
    case 'list':
      return [...heading(part.heading), part.items.map(bullet).join('\n')]
    case 'table':
      return [...heading(part.caption), ...tables(part)]
    case 'chart': {
      const marks = (part.marks ?? []).map(({ text, tone }) => `- ${TONES[tone]} ${written(text)}`)
      return [
        ...heading(part.title),
        ...part.text.split('\n').map(written),
        ...(marks.length > 0 ? [marks.join('\n')] : []),
      ]
    }
  }
}

function heading(text: string | undefined): string[] {
  return text === undefined ? [] : [`## ${written(text)}`]
}

function bullet({ tone, lead, text, note, link }: Item): string {
  const first = [
    ...(tone === undefined ? [] : [TONES[tone]]),
    ...(lead === undefined || lead === '' ? [] : [`**${written(lead)}**`]),
    written(text),
    ...(link === undefined || !ADDRESS.test(link.url) ? [] : [`[${written(link.label)}](${link.url})`]),
  ]
  return `- ${first.join(' ')}${note === undefined || note === '' ? '' : ` _${written(note)}_`}`
}

const ADDRESS = /^https:\/\/[^\s<>|()]+$/

/** The most cells that a table in a canvas may have. */
const CELLS = 300

function tables({ columns, rows }: TablePart): string[] {
  if (columns.length === 0) return []
  const head = `| ${columns.map(({ label }) => written(label)).join(' | ')} |`
  const rule = `| ${columns.map(({ isNumeric }) => (isNumeric ? '---:' : '---')).join(' | ')} |`
  const most = Math.max(1, Math.floor(CELLS / columns.length) - 1)
  const slices = Array.from({ length: Math.ceil(rows.length / most) }, (_, n) => rows.slice(n * most, (n + 1) * most))
  return slices.map(slice =>
    [head, rule, ...slice.map(cells => `| ${columns.map((_, n) => cellText(cells[n])).join(' | ')} |`)].join('\n'),
  )
}

function cellText(cell: Cell | undefined): string {
  const { text, tone } = cell ?? { text: '' }
  return tone === undefined || tone === 'neutral' ? written(text) : `${TONES[tone]} ${written(text)}`
}

const LONGEST = 1_800

/** One line in which nothing is markup, a mention, a link or an emoji: each special character is escaped or broken up. */
function written(text: string): string {
  return cut(orDash(oneLine(text)), LONGEST)
    .replace(/[\\`*_[\]<>|~#!{}()+]/g, mark => `\\${mark}`)
    .replace(/^([-=]|\d+(?=[.)]))/, '\\$1')
    .replace(/:(?=\/\/|[^\s:]+:)/g, ':\u2060')
    .replace(/@/g, '@\u2060')
}
