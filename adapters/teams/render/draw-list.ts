import type { Item, ListPart, Tone } from '../../../src/views/card.ts'
import { actionSets, type ButtonStyle, renderButton, within } from './button.ts'
import { BUDGET, CUTS } from './limits.ts'
import { type Element, isVisible, lines, richText, run, type Style } from './text.ts'

/** A mark's shape tells as much as its color. */
export const MARKS: Readonly<Record<Tone, string>> = { good: '●', warn: '▲', bad: '◆', neutral: '○' }

export const COLORS: Readonly<Record<Tone, Style>> = {
  good: { color: 'good' },
  warn: { color: 'warning' },
  bad: { color: 'attention' },
  neutral: { isSubtle: true },
}

/** One width for all shapes, so that what stands behind them is in line. */
const MARK_WIDTH = '20px'

/** A row for each item: its mark, its text with the small print below, its button at the right. */
export function drawList(list: ListPart, how: ButtonStyle): readonly Element[] {
  const { heading } = list
  const items = [
    ...(heading !== undefined && isVisible(heading)
      ? [richText([run(heading, CUTS.heading, { weight: 'bolder' })])]
      : []),
    ...list.items.map(item => drawItem(item, how)),
  ]
  return items.length === 0 ? [] : [{ type: 'Container', items }]
}

function drawItem(item: Item, how: ButtonStyle): Element {
  const actions = item.button === undefined ? [] : renderButton(item.button, how)
  const choices = (item.choices ?? []).map(choice => renderButton(choice, how).slice(0, 1))
  return {
    type: 'ColumnSet',
    spacing: 'small',
    columns: [
      column(MARK_WIDTH, [richText([drawMark(item.tone)])]),
      {
        ...column('stretch', [
          richText(drawText(item)),
          ...drawNote(item.note ?? ''),
          ...actionSets(within(choices, BUDGET.choices).flat()),
        ]),
        spacing: 'none',
      },
      ...(actions.length === 0 ? [] : [column('auto', [{ type: 'ActionSet', actions }])]),
    ],
  }
}

export function column(width: string, items: readonly Element[]): Element {
  return { type: 'Column', width, items }
}

function drawMark(tone: Tone | undefined): Element {
  return tone === undefined ? run('•', 1, { isSubtle: true }) : run(MARKS[tone], 1, COLORS[tone])
}

function drawText({ lead, text, link }: Item): readonly Element[] {
  const runs = [
    ...(lead !== undefined && isVisible(lead) ? [run(lead, CUTS.lead, { weight: 'bolder' })] : []),
    ...(isVisible(text) ? [run(text, CUTS.text)] : []),
  ]
  return apart([...(runs.length === 0 ? [run('–', 1)] : runs), ...drawLink(link)])
}

/** A blank between runs, and none under the line of a link. */
export function apart(runs: readonly Element[]): readonly Element[] {
  return runs.map((each, n) => (n === runs.length - 1 ? each : { ...each, text: `${each.text} ` }))
}

const MOST_NOTE_LINES = 3

/** Each line of the small print by itself; they share what one note may be long. */
function drawNote(note: string): readonly Element[] {
  const all = lines(note)
  const kept = [...all.slice(0, MOST_NOTE_LINES - 1), all.slice(MOST_NOTE_LINES - 1).join(' ')].filter(isVisible)
  return kept.map(line =>
    richText([run(line, Math.floor(CUTS.note / kept.length), { size: 'small', isSubtle: true })], { spacing: 'none' }),
  )
}

/** Only an address that leads to a page, and is not too long to be one. */
function drawLink(link: Item['link']): readonly Element[] {
  if (link === undefined || link.url.length > CUTS.link || !/^https:\/\/[\x21-\x7e]+$/.test(link.url)) return []
  const action = { type: 'Action.OpenUrl', url: link.url }
  return [{ ...run(link.label, CUTS.label, { color: 'accent' }), selectAction: action }]
}
