import type { types } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import type { Outcome, Reply } from '../../../src/chat/port.ts'
import type { Log } from '../../../src/log.ts'
import type { Card } from '../../../src/views/card.ts'
import type { Form } from '../../../src/views/form.ts'
import { sentenceCard } from '../../cards.ts'
import type { Respond } from '../bolt/respond.ts'
import { faultOf } from '../outbound/errors.ts'
import {
  INERT,
  openView,
  postCard,
  publishHome,
  pushView,
  updateCard,
  updateView,
  whisperCard,
} from '../outbound/messages.ts'
import { renderCard, renderCardAsModal } from '../render/render-card.ts'
import { renderForm } from '../render/render-form.ts'
import { splitCard } from '../render/split-card.ts'
import type { FormOrigin } from './form-origin.ts'

/** Where a reply may go: what Slack gave us along with the request. */
export type Asked = {
  readonly client: WebClient
  readonly log: Log
  readonly user: string
  readonly channel: string
  readonly thread?: string | undefined
  /** There is a `response_url`. */
  readonly respond?: Respond | undefined
  readonly trigger?: string | undefined
  /** The modal that the request came from. */
  readonly view?: string | undefined
  /** The message, or the App Home, that was touched. */
  readonly from?: FormOrigin | undefined
}

type CardReply = Extract<Reply, { kind: 'card' }>

/** A `response_url` takes five messages. One is kept in reserve. */
const MOST_RESPONSES = 4

/** Shows a reply to a command or a press. Never throws: where nothing helps, the log says so. */
export async function answer(reply: Outcome<Reply>, asked: Asked): Promise<void> {
  try {
    if (reply.kind === 'card' && asked.view === undefined) {
      const shown = reply.replaces ? reply.card : reply.isResult ? reply.changed : undefined
      if (shown !== undefined && (await replaced(shown, asked))) return
    }
    if (reply.kind === 'form') await openForm(reply.form, asked)
    if (reply.kind === 'card') await placed(reply, asked)
  } catch (error) {
    asked.log.error({ ...faultOf(error), channel: asked.channel }, 'slack answer lost')
  }
}

async function placed(reply: CardReply, asked: Asked): Promise<void> {
  if (asked.view !== undefined) return showInModal(reply.card, asked)
  if (asked.from?.isHome) return showOverHome(reply.card, asked)
  return answerCard(reply, asked)
}

async function answerCard({ card, audience }: CardReply, asked: Asked): Promise<void> {
  const pieces = splitCard(card)
  // the last piece that fits says that there is more
  const shown = pieces.length > MOST_RESPONSES ? [...pieces.slice(0, MOST_RESPONSES - 1), rest(pieces)] : pieces
  for (const piece of shown) await answerPiece(piece, audience, asked)
}

/** Whether the message that was touched shows the card now. */
async function replaced(card: Card, { respond, client, from, user, log }: Asked): Promise<boolean> {
  try {
    if (from?.isHome) {
      await publishHome(client, user, card)
      return true
    }
    if (respond === undefined) return false
    await respond({ ...renderCard(card), replace_original: true, ...INERT })
    return true
  } catch (error) {
    log.warn({ ...faultOf(error), channel: from?.channel }, 'slack message not replaced')
    if (from?.id === undefined) return false
    await updateCard(client, { channel: from.channel, id: from.id }, card)
    return true
  }
}

async function answerPiece(piece: Card, audience: CardReply['audience'], asked: Asked): Promise<void> {
  try {
    if (asked.respond === undefined) return await sayInstead(piece, audience, asked)
    const thread = asked.thread === undefined ? {} : { thread_ts: asked.thread }
    const kind = audience === 'channel' ? 'in_channel' : 'ephemeral'
    await asked.respond({ ...renderCard(piece), response_type: kind, replace_original: false, ...thread, ...INERT })
  } catch (error) {
    asked.log.warn({ ...faultOf(error), channel: asked.channel }, 'slack response_url refused')
    await sayInstead(piece, audience, asked)
  }
}

/** The alternative to a `response_url`; a person who cannot be reached where they asked gets a direct message. */
async function sayInstead(piece: Card, audience: CardReply['audience'], asked: Asked): Promise<void> {
  const { client, channel, user, thread } = asked
  if (audience === 'channel' || channel.startsWith('D')) {
    await postCard(client, channel, piece, thread === undefined ? {} : { thread })
  } else {
    await whisperCard(client, { channel, user, thread }, piece).catch(() => postCard(client, user, piece))
  }
}

async function openForm(form: Form, asked: Asked): Promise<void> {
  if (asked.trigger === undefined) throw new Error('a form was sent where none can be opened')
  try {
    await openOver(asked.client, asked.trigger, asked.view, renderForm(form, asked.from))
  } catch (error) {
    asked.log.warn({ ...faultOf(error), form: form.id }, 'slack form not opened')
    await answer({ kind: 'card', card: notOpened(form), audience: 'caller' }, asked)
  }
}

/** Slack stacks three views at most: a fourth replaces the one that asked for it. */
async function openOver(
  client: WebClient,
  trigger: string,
  view: string | undefined,
  form: types.ModalView,
): Promise<void> {
  if (view === undefined) return openView(client, trigger, form)
  await pushView(client, trigger, form).catch(() => updateView(client, view, form))
}

async function showInModal(card: Card, asked: Asked): Promise<void> {
  if (asked.view === undefined) return
  // the modal may have been closed meanwhile
  await updateView(asked.client, asked.view, renderCardAsModal(card)).catch(() =>
    postCard(asked.client, asked.user, card),
  )
}

/** A modal, since App Home has no place for answers; if it comes too late for that, a direct message. */
async function showOverHome(card: Card, { client, trigger, user, log }: Asked): Promise<void> {
  try {
    await openView(client, trigger ?? '', renderCardAsModal(card))
  } catch (error) {
    log.warn(faultOf(error), 'slack answer came too late for a modal')
    await postCard(client, user, card)
  }
}

function notOpened(form: Form): Card {
  const sentence = 'The form did not open, because Slack waits three seconds for it. Try again.'
  return sentenceCard(form.title, sentence)
}

function rest(pieces: readonly Card[]): Card {
  const [first, ...others] = pieces.slice(MOST_RESPONSES - 1)
  return { title: '', summary: '', ...first, parts: [first, ...others].flatMap(piece => piece?.parts ?? []) }
}
