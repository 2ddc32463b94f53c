import type { WebClient } from '@slack/web-api'
import { BotError } from '../../../src/errors.ts'
import type { Card } from '../../../src/views/card.ts'
import { cut, oneLine } from '../../characters.ts'
import { renderCanvas } from './render-canvas.ts'

const TITLE = 150

/** Keeps a card as a canvas of the bot's own that one person may read; returns its address. */
export async function keepCanvas(client: WebClient, userId: string, card: Card): Promise<string> {
  try {
    const { url, team_id: team } = await client.auth.test()
    const title = cut(oneLine(card.title), TITLE)
    const { canvas_id: id } = await client.canvases.create({ title, document_content: renderCanvas(card) })
    if (id === undefined || team === undefined || url === undefined) throw refused('no answer')
    await shareWith(client, id, userId)
    return new URL(`docs/${team}/${id}`, url).href
  } catch (error) {
    throw error instanceof BotError ? error : refused(String(error))
  }
}

/** A canvas that nobody may read is useless, so it is deleted. */
async function shareWith(client: WebClient, id: string, userId: string): Promise<void> {
  try {
    await client.canvases.access.set({ canvas_id: id, access_level: 'read', user_ids: [userId] })
  } catch (error) {
    await client.canvases.delete({ canvas_id: id }).catch(() => undefined)
    throw error
  }
}

function refused(reason: string): BotError {
  if (/missing_scope/.test(reason))
    return new BotError(
      'no_scope',
      'Slack does not let me write a canvas.',
      'Give the app the scope canvases:write, and install it again.',
    )
  return /canvas_disabled|free_team|restricted_action|not_allowed/.test(reason)
    ? new BotError('no_canvas', 'Your workspace does not let me write a canvas.')
    : new BotError('no_canvas', 'Slack did not take the canvas.', 'Try again in a minute.')
}
