import * as z from 'zod'
import { ANSWER_WITHIN, within } from '../../within.ts'
import { type Activity, channelOf, deliveryOf, userOf } from '../connector/activity.ts'
import { type Answer, say } from './answer.ts'
import { textOfHtml } from './as-typed.ts'
import type { Desk } from './desk.ts'
import { answerOf, writeLate } from './on-press.ts'

const chosen = z.object({
  commandId: z.string(),
  messagePayload: z.object({
    id: z.string(),
    createdDateTime: z.string().nullish(),
    linkToMessage: z.string().nullish(),
    body: z.object({ contentType: z.string().nullish(), content: z.string().nullish() }).nullish(),
    from: z.object({ user: z.object({ id: z.string().nullish() }).nullish() }).nullish(),
  }),
})

/** An entry of a message's menu was chosen. The payload holds all there is to know: no history is read. */
export async function onShortcut(desk: Desk, activity: Activity, now: number): Promise<Answer> {
  const read = chosen.safeParse(activity.value)
  if (!read.success) return say('dialog', 'I cannot read this message. Only messages written by people can be saved.')
  const { commandId, messagePayload: message } = read.data
  const link = linkOf(message.linkToMessage)
  const writer = message.from?.user?.id
  const written = Date.parse(message.createdDateTime ?? '')
  const outcome = desk.door.shortcut({
    actor: { platform: 'teams', userId: userOf(activity) },
    name: commandId,
    text: textOf(message.body),
    ...(writer ? { writer } : {}),
    writtenAt: Number.isNaN(written) ? now : written,
    message: { channel: channelOf(activity.conversation.id), id: message.id },
    ...(link === undefined ? {} : { link }),
    canOpenForm: true,
    deliveryId: deliveryOf(activity),
  })
  const reply = await within(ANSWER_WITHIN, outcome)
  if (reply !== undefined) return answerOf(desk, activity, 'dialog', reply)
  return { ...say('dialog', 'Working on it …'), afterwards: async () => writeLate(desk, activity, await outcome) }
}

function textOf(body: z.infer<typeof chosen>['messagePayload']['body']): string {
  const content = body?.content ?? ''
  return body?.contentType === 'text' ? content.trim() : textOfHtml(content)
}

function linkOf(link: string | null | undefined): string | undefined {
  return link && link.length <= 2_000 && /^https:\/\/[^\s]+$/.test(link) && URL.canParse(link) ? link : undefined
}
