import type { Reply } from '../../../src/chat/port.ts'
import type { Card } from '../../../src/views/card.ts'
import type { Form } from '../../../src/views/form.ts'
import { sentenceCard } from '../../cards.ts'
import { type Activity, isPersonal, userOf } from '../connector/activity.ts'
import { withRetries } from '../connector/retries.ts'
import { faultOf } from '../outbound/errors.ts'
import { ADAPTIVE, attachmentOf, chatWith, messageOf, replyIn, sendTo } from '../outbound/messages.ts'
import { CUTS } from '../render/limits.ts'
import { type AdaptiveCard, renderCard } from '../render/render-card.ts'
import { renderForm } from '../render/render-form.ts'
import { splitCard } from '../render/split-card.ts'
import { unlinked, words } from '../render/text.ts'
import type { Place } from '../transport.ts'
import type { Desk } from './desk.ts'

/** The answer to an HTTP request, and what to do after it was sent. */
export type Answer = {
  readonly status: number
  readonly body?: unknown
  readonly afterwards?: () => Promise<unknown>
}

/** Where an invoke's answer is shown: in the place of the card it came from, or in a dialog. */
export type Stage = 'card' | 'dialog'

type CardReply = Extract<Reply, { kind: 'card' }>

export function showCard(stage: Stage, title: string, card: AdaptiveCard): Answer {
  if (stage === 'card') return { status: 200, body: { statusCode: 200, type: ADAPTIVE, value: card } }
  const value = { title: words(title, CUTS.formTitle), width: 'medium', card: attachmentOf(forDialog(card)) }
  return { status: 200, body: { task: { type: 'continue', value } } }
}

/** A sentence only for the person who pressed. */
export function say(stage: Stage, sentence: string): Answer {
  const value = unlinked(sentence)
  if (stage === 'dialog') return { status: 200, body: { task: { type: 'message', value } } }
  return { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value } }
}

export function showForm(desk: Desk, stage: Stage, form: Form, state: Parameters<typeof renderForm>[1]): Answer {
  const how = { ...state, typeahead: desk.dialogs, inDialog: stage === 'dialog' }
  return showCard(stage, form.title, renderForm(form, how))
}

/** The text of a card that has nothing but text. */
export function sentenceOf({ title, parts, buttons }: Card): string | undefined {
  if ((buttons ?? []).length > 0) return undefined
  const texts = parts.flatMap(part => (part.kind === 'text' ? [part.text] : []))
  return texts.length === parts.length && texts.length > 0 ? texts.join(' ') : texts.length > 0 ? undefined : title
}

/** Where an activity came from. */
export function placeOf({ serviceUrl, conversation }: Activity): Place {
  return { serviceUrl, conversation: conversation.id }
}

/** Writes a reply to where it was asked for, or to the one who asked. Never throws: where nothing helps, the log says so. */
export async function write(desk: Desk, activity: Activity, reply: CardReply): Promise<void> {
  try {
    if (reply.audience === 'channel' || isPersonal(activity)) await post(desk, placeOf(activity), reply.card)
    else await writeDirectly(desk, activity, reply.card)
  } catch (error) {
    desk.log.error({ ...faultOf(error), channel: activity.conversation.id }, 'teams answer lost')
  }
}

/** A form where no dialog can be opened anymore: inside a message that only the person who asked sees. */
export async function writeForm(desk: Desk, activity: Activity, form: Form): Promise<void> {
  try {
    const place = isPersonal(activity) ? placeOf(activity) : await chatWith(desk, userOf(activity))
    const card = renderForm(form, { typeahead: desk.dialogs })
    await withRetries(() => sendTo(desk, place, messageOf(card, form.title)))
  } catch (error) {
    desk.log.error({ ...faultOf(error), channel: activity.conversation.id }, 'teams form lost')
  }
}

async function writeDirectly(desk: Desk, activity: Activity, card: Card): Promise<void> {
  try {
    await post(desk, await chatWith(desk, userOf(activity)), card)
  } catch (error) {
    desk.log.warn({ ...faultOf(error), channel: activity.conversation.id }, 'teams person not reached')
    return post(desk, placeOf(activity), sentenceCard(card.title, NOT_SENT))
  }
}

export const SENT = 'That is only for you, so I sent it to you directly.'
const NOT_SENT = 'That is only for you, and I could not message you directly. Open a chat with me and ask there.'

async function post(desk: Desk, place: Place, card: Card): Promise<void> {
  for (const piece of splitCard(card)) await withRetries(() => replyIn(desk, place, piece))
}

export function renderReply(desk: Desk, card: Card): AdaptiveCard {
  return renderCard(card, desk)
}

/** A card for the message that is being written, with its preview for the list of results. */
export function withPreview(desk: Desk, card: Card, title = words(card.title, CUTS.label)): object {
  const preview = {
    contentType: 'application/vnd.microsoft.card.thumbnail',
    content: { title, text: words(card.badge?.text ?? '', CUTS.label) },
  }
  return { ...attachmentOf(renderReply(desk, card)), preview }
}

/** Dialogs know no Execute: the same data comes back with a Submit. */
function forDialog<T>(card: T): T {
  const text = JSON.stringify(card, (_, value) => {
    if (typeof value !== 'object' || value === null || value.type !== 'Action.Execute') return value
    const { verb, data, ...action } = value
    return { ...action, type: 'Action.Submit', data: { ...data, action: verb } }
  })
  return JSON.parse(text)
}
