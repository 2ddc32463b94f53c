import type { types } from '@slack/bolt'
import type { ToolCall } from '../../../src/chat/tools/tool-call.ts'
import type { Action, Button, Card } from '../../../src/views/card.ts'
import { actionOf } from '../render/button.ts'
import { LIMITS } from '../render/limits.ts'
import { renderCard } from '../render/render-card.ts'

/** The blocks that Slackbot shows of a tool's answer; a block of any other kind makes it drop all of them. */
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

const MOST_BLOCKS = 50

type ToolOf = (button: Button) => ToolCall | undefined

/** A card as blocks for Slackbot: each button that has a tool uses it, and one that would do nothing there is left out. */
export function drawAnswer(card: Card, toolOf: ToolOf): readonly types.KnownBlock[] {
  const { buttons = [], menu = [], shows: _, ...rest } = card
  const { blocks } = renderCard({ ...rest, buttons: [...buttons, ...menu] })
  return blocks
    .filter(({ type }) => ALLOWED.includes(type))
    .flatMap(block => withCalls(block, toolOf))
    .slice(0, MOST_BLOCKS)
}

function withCalls(block: types.KnownBlock, toolOf: ToolOf): readonly types.KnownBlock[] {
  if (block.type === 'actions') return rowsOf(block.elements.flatMap(element => callOf(element, toolOf) ?? []))
  if (block.type !== 'section' || block.accessory === undefined) return [block]
  const { accessory, ...section } = block
  const call = callOf(accessory, toolOf)
  return [call === undefined ? section : { ...section, accessory: call }]
}

/** An id can only be a tool's name, once per block. */
function rowsOf(calls: readonly types.Button[]): readonly types.ActionsBlock[] {
  const rows: types.Button[][] = []
  for (const call of calls) {
    if (rows.flat().some(other => other.action_id === call.action_id && other.value === call.value)) continue
    const row = rows.find(row => row.every(({ action_id }) => action_id !== call.action_id))
    if (row === undefined) rows.push([call])
    else row.push(call)
  }
  return rows.map(elements => ({ type: 'actions', elements }))
}

function callOf(drawn: { readonly type: string }, toolOf: ToolOf): types.Button | undefined {
  if (!isButton(drawn)) return undefined
  const { action_id: id = '', value = '', text } = drawn
  const call = toolOf({ label: text.text, action: actionOf(id) as Action, value })
  const given = call && JSON.stringify(call.arguments)
  if (given === undefined || given.length > LIMITS.buttonValue) return undefined
  return { ...drawn, action_id: `tool:${call?.tool}`, value: given }
}

function isButton(drawn: { readonly type: string }): drawn is types.Button {
  return drawn.type === 'button'
}
