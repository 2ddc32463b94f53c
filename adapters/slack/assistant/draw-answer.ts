import type { types } from '@slack/bolt'
import type { ToolCall } from '../../../src/chat/tools/tool-call.ts'
import type { Button, Card, Item, Part } from '../../../src/views/card.ts'
import { LIMITS } from '../render/limits.ts'
import { renderCard } from '../render/render-card.ts'
import { plain } from '../render/text.ts'

/** What Slackbot shows of a tool's answer; for one block of another kind it drops all of them. */
const ALLOWED: readonly string[] = [
  'context',
  'divider',
  'header',
  'section',
  'actions',
  'table',
  'data_table',
  'data_visualization',
]

/** Ids are unique within a block, and a tool's name is all that one may be: one button for each tool. */
const MOST_BUTTONS = 5

/** A card as blocks for Slackbot, with the buttons that use a tool, and none that would do nothing there. */
export function drawAnswer(card: Card, toolOf: (button: Button) => ToolCall | undefined): readonly types.KnownBlock[] {
  const { buttons = [], menu = [], shows: _, ...rest } = card
  const { blocks } = renderCard({ ...rest, parts: card.parts.map(withoutButtons) })
  const calls = new Map<string, types.Button>()
  for (const button of [...card.parts.flatMap(buttonsIn), ...buttons, ...menu]) {
    const call = toolOf(button)
    const drawn = call && renderCall(button, call)
    if (drawn?.action_id !== undefined && !calls.has(drawn.action_id)) calls.set(drawn.action_id, drawn)
  }
  const elements = [...calls.values()].slice(0, MOST_BUTTONS)
  const actions: types.KnownBlock[] = elements.length === 0 ? [] : [{ type: 'actions', elements }]
  return [...blocks.filter(({ type }) => ALLOWED.includes(type)), ...actions]
}

function withoutButtons(part: Part): Part {
  if (part.kind !== 'list') return part
  return { ...part, items: part.items.map(({ button: _, choices: __, ...item }): Item => item) }
}

function buttonsIn(part: Part): readonly Button[] {
  if (part.kind !== 'list') return []
  return part.items.flatMap(({ button, choices = [] }) => [...(button === undefined ? [] : [button]), ...choices])
}

function renderCall({ label }: Button, { tool, arguments: given }: ToolCall): types.Button | undefined {
  const value = JSON.stringify(given)
  if (value.length > LIMITS.buttonValue) return undefined
  return { type: 'button', text: plain(label, LIMITS.buttonLabel), action_id: `tool:${tool}`, value }
}
