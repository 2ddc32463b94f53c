import type { AllMiddlewareArgs, SlackOptionsMiddlewareArgs } from '@slack/bolt'
import { ANSWER_WITHIN, within } from '../../within.ts'
import { LIMITS } from '../render/limits.ts'
import { isTaken, renderOption } from '../render/render-field.ts'
import type { Desk } from './desk.ts'

/** What may be meant by the letters typed so far. A late answer is useless: in doubt the list is empty. */
export async function onQuery(
  { door, actor }: Desk,
  { ack, options, body }: SlackOptionsMiddlewareArgs<'block_suggestion'> & AllMiddlewareArgs,
): Promise<void> {
  const kind = options.action_id === 'person' ? 'person' : 'account'
  const query = door.suggest({ actor: actor(body.user.id, body.user.team_id), kind, text: options.value })
  const found = (await within(ANSWER_WITHIN, query))?.options ?? []
  await ack({ options: found.filter(isTaken).slice(0, LIMITS.selectOptions).map(renderOption) })
}
