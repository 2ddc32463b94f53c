import type { Badge, Button, Card, ChartPart, Fact, Part, TextPart, Tone } from '../../../src/views/card.ts'
import { type ButtonStyle, renderButton } from './button.ts'
import { apart, column, drawList, MARKS } from './draw-list.ts'
import { drawTable } from './draw-table.ts'
import { BUDGET, CUTS, LIMITS, sizeOf } from './limits.ts'
import { type Element, isVisible, lines, richText, run, words } from './text.ts'

/** Every element of a card, however many; `renderCard` keeps them within a message. */
export function drawCard(card: Card, style: ButtonStyle): readonly Element[] {
  const how = { ...style, shows: card.shows }
  return [
    drawTitle(card.title),
    ...(card.badge ? [drawBadge(card.badge)] : []),
    ...card.parts.flatMap(part => drawPart(part, how)),
    ...drawButtons(card.buttons ?? [], card.menu ?? [], how),
  ]
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

/** What stands below a chart, whether it is drawn or not. */
export function wordsOf({ text }: ChartPart): TextPart {
  return { kind: 'text', text, quiet: true }
}

/** A line through at least two numbers; a client that has no charts leaves it out. */
function drawChart({ title, points }: ChartPart): readonly Element[] {
  const values = points
    .filter(({ value }) => Number.isFinite(value))
    .slice(-LIMITS.chartPoints)
    .map(({ label, value }) => ({ x: words(label, CUTS.chartLabel), y: value }))
  if (values.length < 2 || !isVisible(title)) return []
  const name = words(title, CUTS.label)
  return [{ type: 'Chart.Line', title: name, data: [{ legend: name, values }], fallback: 'drop' }]
}

/** Rows of buttons; the other way to each form stands behind the three dots at their right. */
function drawButtons(buttons: readonly Button[], menu: readonly Button[], how: ButtonStyle): readonly Element[] {
  const actions = within(
    buttons.map(button => renderButton(button, how)).filter(([first]) => first !== undefined),
    BUDGET.buttons,
  )
  const rows = actionSets(actions.flatMap(([first]) => first ?? []))
  const hidden = menu
    .flatMap(button => renderButton(button, how).slice(0, 1))
    .map(action => ({ ...action, mode: 'secondary' }))
  const behind = actionSets([...hidden, ...actions.flatMap(([, ...others]) => others)])
  if (behind.length === 0) return rows
  const columns = [column('stretch', rows), column('auto', behind)]
  return [{ type: 'ColumnSet', columns }]
}

/** As many from the first on as there is room for. */
function within(actions: readonly (readonly Element[])[], room: number): readonly (readonly Element[])[] {
  const used = actions.map((_, n) => sizeOf(actions.slice(0, n + 1)))
  return actions.filter((_, n) => (used[n] ?? 0) <= room)
}

function actionSets(actions: readonly Element[]): readonly Element[] {
  if (actions.length === 0) return []
  const set = { type: 'ActionSet', actions: actions.slice(0, LIMITS.actions) }
  return [set, ...actionSets(actions.slice(LIMITS.actions))]
}
