import type { Badge, Button, Card, Fact, Part, TextPart, Tone } from '../../../src/views/card.ts'
import { actionSets, type ButtonStyle, renderButton, within } from './button.ts'
import { drawChart, wordsOf } from './draw-chart.ts'
import { apart, column, drawList, MARKS } from './draw-list.ts'
import { drawTable } from './draw-table.ts'
import { BUDGET, CUTS, LIMITS, sizeOf } from './limits.ts'
import { type Element, lines, richText, run } from './text.ts'

/** Every element of a card, however many; `renderCard` keeps them within a message. */
export function drawCard(card: Card, style: ButtonStyle): readonly Element[] {
  const how = styleOf(card, style)
  return [
    drawTitle(card.title),
    ...(card.badge ? [drawBadge(card.badge)] : []),
    ...card.parts.flatMap(part => drawPart(part, how)),
    ...drawButtons(card.buttons ?? [], card.menu ?? [], how),
  ]
}

/** How the parts of a card are drawn: its words travel with each of its buttons. */
export function styleOf({ shows }: Card, style: ButtonStyle): ButtonStyle {
  return shows === undefined || sizeOf(shows) > LIMITS.shows ? style : { ...style, shows }
}

export function drawPart(part: Part, how: ButtonStyle): readonly Element[] {
  switch (part.kind) {
    case 'text':
      return drawText(part)
    case 'facts':
      return part.facts.length === 0 ? [] : [{ type: 'Container', items: part.facts.map(drawFact) }]
    case 'list':
      return drawList(part, how)
    case 'table':
      return drawTable(part)
    case 'chart':
      return [...drawChart(part), ...drawText(wordsOf(part))]
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

/** As wide as its words, which say what the color means. */
function drawBadge({ text, tone }: Badge): Element {
  const runs = [run(MARKS[tone], 1, { weight: 'bolder' }), run(text, CUTS.badge, { weight: 'bolder' })]
  const items = [richText(apart(runs))]
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
function drawFact({ label, value }: Fact): Element {
  return {
    type: 'ColumnSet',
    spacing: 'small',
    columns: [
      column('100px', [richText([run(label, CUTS.label, { weight: 'bolder' })])]),
      column('stretch', [richText([run(value, CUTS.fact)])]),
    ],
  }
}

/** Rows of buttons; the other way to each form stands behind the three dots at their right. */
function drawButtons(buttons: readonly Button[], menu: readonly Button[], how: ButtonStyle): readonly Element[] {
  const open = buttons.map(button => renderButton(button, how))
  const hidden = menu.map(button => renderButton(button, how).slice(0, 1).map(behindDots))
  const actions = within([...open, ...hidden], BUDGET.buttons)
  const rows = actionSets(actions.slice(0, open.length).flatMap(([first]) => first ?? []))
  const others = actions.slice(0, open.length).flatMap(([, ...others]) => others)
  const behind = actionSets([...actions.slice(open.length).flat(), ...others])
  if (behind.length === 0) return rows
  const columns = [column('stretch', rows), column('auto', behind)]
  return [{ type: 'ColumnSet', columns }]
}

function behindDots(action: Element): Element {
  return { ...action, mode: 'secondary' }
}
