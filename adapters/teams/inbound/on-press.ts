import type { Outcome, Reply } from '../../../src/chat/port.ts'
import type { Card } from '../../../src/views/card.ts'
import { ANSWER_WITHIN, within } from '../../within.ts'
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
import { replaceMessage } from './replace-message.ts'

/** A button, on a card or in a dialog. Its answer goes back with the request; messages are sent after that. */
export async function onPress(desk: Desk, activity: Activity, stage: Stage, pressed: Pressed): Promise<Answer> {
  const { isOffer = false, action, value, shows } = pressed
  const origin = originOf(activity)
  const outcome = desk.door.press({
    actor: { platform: 'teams', userId: userOf(activity) },
    action,
    value,
    channel: channelOf(activity.conversation.id),
    ...(origin === undefined ? {} : { origin, ...(isOffer && { isOffer }) }),
    isPrivate: isPersonal(activity),
    isOnOwnMessage: isPersonal(activity),
    ...(shows !== undefined && { shows }),
    canOpenForm: true,
    deliveryId: deliveryOf(activity),
  })
  const reply = await within(ANSWER_WITHIN, outcome)
  if (reply !== undefined) return answerOf(desk, activity, stage, reply, { isOffer, shows })
  return { ...say(stage, 'Working on it …'), afterwards: async () => writeLate(desk, activity, await outcome) }
}

/** The message that an invoke came from. */
export function originOf({ conversation, replyToId }: Activity) {
  return replyToId ? { channel: conversation.id, id: replyToId } : undefined
}

/** What a button brings along of the card that it stands on. */
type From = { readonly isOffer?: boolean; readonly shows?: string | undefined }

export function answerOf(
  desk: Desk,
  activity: Activity,
  stage: Stage,
  reply: Outcome<Reply>,
  { isOffer = false, shows }: From = {},
): Answer {
  if (reply.kind === 'form') {
    const origin = originOf(activity)
    const from = { ...(isOffer && { isOffer }), ...(shows !== undefined && { shows }) }
    return showForm(desk, stage, reply.form, origin === undefined ? {} : { origin, ...from })
  }
  if (reply.kind === 'card' && reply.replaces && stage === 'card') return replaced(desk, activity, reply.card)
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

/** Teams puts the message back as it was posted, so the message itself is changed too. */
function replaced(desk: Desk, activity: Activity, card: Card): Answer {
  const answer = showCard('card', card.title, renderReply(desk, card))
  const id = activity.replyToId
  return id ? { ...answer, afterwards: () => replaceMessage(desk, activity, id, card) } : answer
}

function changed(desk: Desk, stage: Stage, card: Parameters<typeof renderReply>[1]): Answer {
  return showCard(stage, card.title, renderReply(desk, card))
}

/** For what is too late for the answer itself. */
export async function writeLate(desk: Desk, activity: Activity, reply: Reply): Promise<void> {
  if (reply.kind === 'card') await write(desk, activity, reply)
  if (reply.kind === 'form') await writeForm(desk, activity, reply.form)
}
