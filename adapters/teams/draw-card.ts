import type { Badge, Card, ChartPart, Fact, Part, TextPart, Tone } from '../../src/views/card.ts'
import { type ButtonStyle, renderButtons } from './button.ts'
import { drawList, MARKS } from './draw-list.ts'
import { CUTS, LIMITS } from './limits.ts'
import { type Element, isVisible, lines, richText, run, words } from './text.ts'

export type DrawnCard = { readonly body: readonly Element[]; readonly actions: readonly Element[] }

/** Every element of a card, however many; `renderCard` keeps them within a message. */
export function drawCard(card: Card, how: ButtonStyle): DrawnCard {
  return {
    body: [
      drawTitle(card.title),
      ...(card.badge ? [drawBadge(card.badge)] : []),
      ...card.parts.flatMap(part => drawPart(part, how)),
    ],
    actions: renderButtons(card.buttons ?? [], how),
  }
}

export function drawPart(part: Part, how: ButtonStyle): readonly Element[] {
  switch (part.kind) {
    case 'text':
      return drawText(part)
    case 'facts':
      return part.facts.map(drawFact)
    case 'list':
      return drawList(part, how)
    case 'chart':
      return [...drawChart(part), ...drawText({ kind: 'text', text: part.text, quiet: true })]
    default:
      throw new Error(`Teams cannot draw ${JSON.stringify(part satisfies never)}`)
  }
}

function drawTitle(title: string): Element {
  return richText([run(title, CUTS.title, { size: 'large', weight: 'bolder' })])
}

const FILLS: Readonly<Record<Tone, string>> = {
  good: 'good',
  warn: 'warning',
  bad: 'attention',
  neutral: 'emphasis',
}

/** As wide as its words, which say what the colour means. */
function drawBadge({ text, tone }: Badge): Element {
  const items = [richText([run(`${MARKS[tone]} ${text}`, CUTS.badge, { weight: 'bolder' })])]
  return {
    type: 'ColumnSet',
    spacing: 'small',
    columns: [{ type: 'Column', width: 'auto', style: FILLS[tone], items }],
  }
}

function drawText({ text, quiet }: TextPart): readonly Element[] {
  const style = quiet ? ({ size: 'small', isSubtle: true } as const) : {}
  return lines(text).map((line, n) =>
    richText([run(line, Number.POSITIVE_INFINITY, style)], n > 0 ? { spacing: 'none' } : {}),
  )
}

/** Not a FactSet, whose values are markdown. */
function drawFact({ label, value }: Fact, n: number): Element {
  const cell = (width: string, text: Element) => ({ type: 'Column', width, items: [richText([text])] })
  return {
    type: 'ColumnSet',
    spacing: n === 0 ? 'default' : 'small',
    columns: [cell('100px', run(label, CUTS.label, { weight: 'bolder' })), cell('stretch', run(value, CUTS.fact))],
  }
}

/** A line through at least two numbers; its words always stand below, for a client without charts leaves it out. */
function drawChart({ title, points }: ChartPart): readonly Element[] {
  const values = points
    .filter(({ value }) => Number.isFinite(value))
    .slice(-LIMITS.chartPoints)
    .map(({ label, value }) => ({ x: words(label, CUTS.chartLabel), y: value }))
  if (values.length < 2 || !isVisible(title)) return []
  const name = words(title, CUTS.label)
  return [{ type: 'Chart.Line', title: name, data: [{ legend: name, values }], fallback: 'drop' }]
}
