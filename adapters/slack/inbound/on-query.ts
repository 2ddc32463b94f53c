import type { BlockSuggestion } from '@slack/bolt'
import { PATIENCE, within } from '../../within.ts'
import { LIMITS } from '../render/limits.ts'
import { isTaken, renderOption } from '../render/render-form.ts'
import type { Sent } from '../transport/sent.ts'
import type { Desk } from './desk.ts'

/** What may be meant by the letters typed so far. There is no late answer: in doubt an empty list is one. */
export async function onQuery(
  { door, actor }: Desk,
  { user, action_id: action, value: text }: BlockSuggestion,
  { ack }: Sent,
): Promise<void> {
  const kind = action === 'person' ? 'person' : 'account'
  const query = door.suggest({ actor: actor(user.id, user.team_id), kind, text })
  const found = (await within(PATIENCE, query))?.options ?? []
  await ack({ options: found.filter(isTaken).slice(0, LIMITS.selectOptions).map(renderOption) })
}
