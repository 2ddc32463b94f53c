import type { Outcome, Reply } from '../../../src/chat/port.ts'
import { PATIENCE, within } from '../../within.ts'
import { type Activity, channelOf, deliveryOf, isPersonal, userOf } from '../connector/activity.ts'
import type { Pressed } from '../render/button.ts'
import {
  type Answer,
  renderReply,
  SENT,
  type Stage,
  say,
  sentenceOf,
  showCard,
  showForm,
  write,
  writeForm,
} from './answer.ts'
import type { Desk } from './desk.ts'

/** A button, on a card or in a dialog. Its answer goes back with the request, and what has to be sent goes out after it. */
export async function onPress(desk: Desk, activity: Activity, stage: Stage, pressed: Pressed): Promise<Answer> {
  const { isOffer = false, action, value } = pressed
  const origin = originOf(activity)
  const outcome = desk.door.press({
    actor: { platform: 'teams', userId: userOf(activity) },
    action,
    value,
    channel: channelOf(activity.conversation.id),
    ...(origin === undefined ? {} : { origin, ...(isOffer && { isOffer }) }),
    isPrivate: isPersonal(activity),
    canOpenForm: true,
    deliveryId: deliveryOf(activity),
  })
  const reply = await within(PATIENCE, outcome)
  if (reply !== undefined) return answerOf(desk, activity, stage, reply, isOffer)
  return { ...say(stage, 'Working on it …'), afterwards: async () => writeLate(desk, activity, await outcome) }
}

/** The message that an invoke came from. */
export function originOf({ conversation, replyToId }: Activity) {
  return replyToId ? { channel: conversation.id, id: replyToId } : undefined
}

export function answerOf(desk: Desk, activity: Activity, stage: Stage, reply: Outcome<Reply>, isOffer = false): Answer {
  if (reply.kind === 'form') {
    const origin = originOf(activity)
    return showForm(desk, stage, reply.form, origin === undefined ? {} : { origin, ...(isOffer && { isOffer }) })
  }
  if (reply.kind === 'nothing') return reply.changed ? changed(desk, stage, reply.changed) : say(stage, DONE_BEFORE)
  const { card, audience } = reply
  const sentence = audience === 'caller' ? sentenceOf(card) : undefined
  if (stage === 'dialog' && audience === 'caller') return showCard(stage, card.title, renderReply(desk, card))
  if (sentence !== undefined) return reply.changed ? changed(desk, stage, reply.changed) : say(stage, sentence)
  const isHere = audience === 'channel' || isPersonal(activity)
  const answer = reply.changed ? changed(desk, stage, reply.changed) : say(stage, isHere ? WRITTEN : SENT)
  return { ...answer, afterwards: () => write(desk, activity, reply) }
}

const DONE_BEFORE = 'That has already been done.'
const WRITTEN = 'I posted it below.'

function changed(desk: Desk, stage: Stage, card: Parameters<typeof renderReply>[1]): Answer {
  return showCard(stage, card.title, renderReply(desk, card))
}

/** Too late for the answer itself. */
export async function writeLate(desk: Desk, activity: Activity, reply: Reply): Promise<void> {
  if (reply.kind === 'card') await write(desk, activity, reply)
  if (reply.kind === 'form') await writeForm(desk, activity, reply.form)
}
