import { createColors } from 'picocolors'
import type { Card, Fact, Item, Part, TablePart, Tone } from '../../src/views/card.ts'
import { tableLines } from './draw-table.ts'
import { inert } from './inert.ts'
import type { Lines } from './narrow-lines.ts'

export type TerminalStyle = { readonly columns: number; readonly colors: boolean; readonly lines: Lines }

/** Draws a card for a terminal: the same card that chat gets, without its buttons. */
export function renderCard(card: Card, { columns, colors, lines }: TerminalStyle): string {
  const paint = createColors(colors)
  const width = Math.max(40, Math.min(columns, 100))
  const tint = (tone: Tone, text: string) => paint[COLORS[tone]](text)
  const wrapped = (text: string, indent: number) =>
    lines
      .wrap(inert(text), width - indent)
      .split('\n')
      .map((line, index) => (index === 0 ? line : `${' '.repeat(indent)}${line}`))
      .join('\n')

  const item = ({ tone = 'neutral', lead, text, note, link }: Item): string => {
    const line = `  ${tint(tone, '●')} ${wrapped(lead === undefined ? text : `${lead}  ${text}`, 4)}`
    const shown = lead === undefined ? line : line.replace(inert(lead), paint.bold(inert(lead)))
    const address = link === undefined ? '' : `\n    ${paint.dim(inert(link.url))}`
    return (note === undefined ? shown : `${shown}\n    ${paint.dim(wrapped(note, 4))}`) + address
  }
  const facts = (entries: readonly Fact[]): string => {
    const labels = entries.map(({ label }) => inert(label).replace(/\s+/g, ' '))
    const widest = Math.min(Math.floor(width / 2), Math.max(...labels.map(label => lines.width(label))))
    return entries
      .map(({ value }, n) => `  ${paint.dim((labels[n] ?? '').padEnd(widest))}  ${wrapped(value, widest + 4)}`)
      .join('\n')
  }
  const table = (given: TablePart): string => {
    const [head = '', ...body] = tableLines(given, width, lines)
    return [paint.bold(inert(given.caption)), paint.dim(head), ...body].join('\n')
  }
  const part = (part: Part): string => {
    switch (part.kind) {
      case 'text':
        return part.quiet ? paint.dim(wrapped(part.text, 0)) : wrapped(part.text, 0)
      case 'chart':
        return wrapped(part.text, 0)
      case 'table':
        return table(part)
      case 'facts':
        return facts(part.facts)
      case 'list': {
        const items = part.items.map(item)
        return [...(part.heading === undefined ? [] : [paint.bold(inert(part.heading))]), ...items].join('\n')
      }
    }
  }
  const badge = card.badge === undefined ? '' : `   ${tint(card.badge.tone, `● ${inert(card.badge.text)}`)}`
  const rule = paint.dim('─'.repeat(width))
  return [rule, `${paint.bold(inert(card.title))}${badge}`, ...card.parts.map(entry => `\n${part(entry)}`), rule].join(
    '\n',
  )
}

const COLORS = { good: 'green', warn: 'yellow', bad: 'red', neutral: 'gray' } as const
