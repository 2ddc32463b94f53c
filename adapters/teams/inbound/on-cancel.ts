import * as z from 'zod'
import type { Card } from '../../../src/views/card.ts'
import { sentenceCard } from '../../cards.ts'
import { ANSWER_WITHIN, within } from '../../within.ts'
import { type Activity, channelOf, deliveryOf, isPersonal, userOf } from '../connector/activity.ts'
import { type Answer, renderReply, say, showCard } from './answer.ts'
import type { Desk } from './desk.ts'
import { replaceMessage } from './replace-message.ts'

const canceled = z.object({
  title: z.string(),
  /** The words that ask for the card that the form took the place of. */
  shows: z.string().exactOptional(),
  /** Whether the form is a message of its own. */
  isOwn: z.boolean().exactOptional(),
})

/** A form inside a card is canceled: what it replaced is shown again, if it can be asked for. */
export async function onCancel(desk: Desk, activity: Activity, data: unknown): Promise<Answer> {
  const read = canceled.safeParse(data)
  if (!read.success) return say('card', NOTHING)
  const { title, shows, isOwn = false } = read.data
  const before = shows === undefined ? undefined : await within(ANSWER_WITHIN, askedAgain(desk, activity, shows))
  const card = before ?? sentenceCard(title, NOTHING)
  const answer = showCard('card', card.title, renderReply(desk, card))
  const id = isOwn ? activity.replyToId : undefined
  return id ? { ...answer, afterwards: () => replaceMessage(desk, activity, id, card) } : answer
}

const NOTHING = 'Canceled. Nothing was changed.'

/** In one's own chat alone: elsewhere the message is everybody's. */
async function askedAgain({ door }: Desk, activity: Activity, text: string): Promise<Card | undefined> {
  if (!isPersonal(activity)) return undefined
  const reply = await door.ask({
    actor: { platform: 'teams', userId: userOf(activity) },
    text,
    channel: channelOf(activity.conversation.id),
    isPrivate: true,
    canOpenForm: false,
    deliveryId: deliveryOf(activity),
  })
  return reply.kind === 'card' ? { ...reply.card, shows: text } : undefined
}
