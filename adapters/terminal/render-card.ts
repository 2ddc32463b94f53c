import { createColors } from 'picocolors'
import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'
import type { Card, Fact, Item, Part, TablePart, Tone } from '../../src/views/card.ts'

export type TerminalStyle = { readonly columns: number; readonly colours: boolean }

/** Draws a card for a terminal: the same card that chat gets, without its buttons. */
export function renderCard(card: Card, { columns, colours }: TerminalStyle): string {
  const paint = createColors(colours)
  const width = Math.max(40, Math.min(columns, 100))
  const tint = (tone: Tone, text: string) => paint[COLOURS[tone]](text)
  const wrapped = (text: string, indent: number) =>
    wrapAnsi(inert(text), width - indent, { hard: true, trim: true })
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
    const widest = Math.max(...entries.map(({ label }) => stringWidth(label)))
    return entries
      .map(({ label, value }) => `  ${paint.dim(label.padEnd(widest))}  ${wrapped(value, widest + 4)}`)
      .join('\n')
  }
  const table = ({ caption, columns, rows }: TablePart): string => {
    const lines = [columns.map(({ label }) => label), ...rows.map(row => row.map(({ text }) => text))].map(line =>
      line.map(text => inert(text).replace(/\s+/g, ' ')),
    )
    const widths = columns.map((_, n) => Math.max(...lines.map(line => stringWidth(line[n] ?? ''))))
    const padded = (line: readonly string[]) =>
      `  ${line.map((text, n) => aligned(text, widths[n] ?? 0, columns[n]?.isNumeric)).join('  ')}`.trimEnd()
    const [head = [], ...body] = lines
    return [paint.bold(inert(caption)), paint.dim(padded(head)), ...body.map(padded)].join('\n')
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
        const lines = part.items.map(item)
        return [...(part.heading === undefined ? [] : [paint.bold(inert(part.heading))]), ...lines].join('\n')
      }
    }
  }
  const badge = card.badge === undefined ? '' : `   ${tint(card.badge.tone, `● ${inert(card.badge.text)}`)}`
  const rule = paint.dim('─'.repeat(width))
  return [rule, `${paint.bold(inert(card.title))}${badge}`, ...card.parts.map(entry => `\n${part(entry)}`), rule].join(
    '\n',
  )
}

function aligned(text: string, width: number, isNumeric = false): string {
  const blanks = ' '.repeat(Math.max(0, width - stringWidth(text)))
  return isNumeric ? blanks + text : text + blanks
}

const COLOURS = { good: 'green', warn: 'yellow', bad: 'red', neutral: 'gray' } as const

/** Text from outside must not steer the terminal: no control and no direction characters, newlines kept. */
function inert(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, character => (character === '\n' ? '\n' : ''))
}
