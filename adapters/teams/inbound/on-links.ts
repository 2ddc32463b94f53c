import * as z from 'zod'
import { ANSWER_WITHIN, within } from '../../within.ts'
import { type Activity, channelOf, deliveryOf, userOf } from '../connector/activity.ts'
import { type Answer, withPreview } from './answer.ts'
import type { Desk } from './desk.ts'

const pasted = z.object({ url: z.string().max(2_000) })

/** A link was pasted into a message that is being written: the answer goes into it, or nothing does. */
export async function onLink(desk: Desk, activity: Activity): Promise<Answer> {
  const { data } = pasted.safeParse(activity.value)
  if (data === undefined) return shown([])
  const unfurls = desk.door.unfurl({
    actor: { platform: 'teams', userId: userOf(activity) },
    channel: channelOf(activity.conversation.id),
    links: [data.url],
    deliveryId: deliveryOf(activity),
  })
  return shown(((await within(ANSWER_WITHIN, unfurls)) ?? []).map(({ card }) => withPreview(desk, card)))
}

/** Teams would show a cached card for half an hour, even where others read along. */
function shown(attachments: readonly object[]): Answer {
  const actions = [{ type: 'setCachePolicy', value: JSON.stringify({ type: 'no-cache' }) }]
  const result = { type: 'result', attachmentLayout: 'list', attachments, suggestedActions: { actions } }
  return { status: 200, body: { composeExtension: result } }
}
