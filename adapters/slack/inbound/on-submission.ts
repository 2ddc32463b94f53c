import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, types, ViewSubmitAction } from '@slack/bolt'
import type { Outcome, SubmissionReply } from '../../../src/chat/port.ts'
import type { Card } from '../../../src/views/card.ts'
import { outcomeCard, sentenceCard } from '../../cards.ts'
import { ANSWER_WITHIN, within } from '../../within.ts'
import { deliveryOf } from '../bolt/acknowledged.ts'
import { LIMITS } from '../render/limits.ts'
import { renderCardAsModal } from '../render/render-card.ts'
import { cut, oneLine } from '../render/text.ts'
import { answer } from './answer.ts'
import type { Desk } from './desk.ts'
import { openState } from './form-origin.ts'
import { type InputState, readValues } from './read-values.ts'
import { replaceMessage } from './replace-message.ts'

type Args = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs

/** The acknowledgement itself carries the outcome, so it waits for the door; a slow outcome replaces a waiting view. */
export async function onSubmission(
  { client, door, log, actor }: Desk,
  { ack, body, view, context }: Args,
): Promise<void> {
  const { state, from } = openState(view.private_metadata)
  const outcome = door.submit({
    actor: actor(body.user.id, body.user.team_id),
    form: view.callback_id,
    state,
    ...(from?.id !== undefined && { origin: { channel: from.channel, id: from.id } }),
    ...(from?.isOwn !== undefined && { isFromOwnMessage: from.isOwn }),
    ...(from?.shows !== undefined && { shows: from.shows }),
    values: readValues(view.state.values as Record<string, Record<string, InputState>>),
    deliveryId: deliveryOf(body.trigger_id, context),
  })
  const reply = await within(ANSWER_WITHIN, outcome)
  if (reply !== undefined) {
    const errors = reply.kind === 'errors' ? errorsByBlock(reply.errors, view.blocks) : undefined
    if (errors !== undefined) return ack({ response_action: 'errors', errors })
    const shown = shownInPlace(reply)
    if (shown !== undefined && from !== undefined) {
      await ack({ response_action: 'clear' })
      return replaceMessage({ client, log }, from, shown, body.user.id)
    }
    return ack({ response_action: 'update', view: renderCardAsModal(outcomeCard(reply, view.title.text)) })
  }
  await ack({ response_action: 'update', view: renderCardAsModal(sentenceCard(view.title.text, WORKING)) })
  const late = await outcome
  const user = body.user.id
  const shown = shownInPlace(late)
  // a waiting view cannot be closed: it shows the result, while the message shows its own new state
  const isShown = shown !== undefined && from !== undefined
  if (isShown) await replaceMessage({ client, log }, from, shown, user)
  const title = view.title.text
  const card = isShown && late.kind === 'card' && late.replaces ? sentenceCard(title, DONE) : outcomeCard(late, title)
  await answer({ kind: 'card', card, audience: 'caller' }, { client, log, user, channel: '', view: view.id })
}

/** What the message shows from now on that the form was opened from: then nothing more needs to be said. */
function shownInPlace(reply: Outcome<SubmissionReply>): Card | undefined {
  if (reply.kind !== 'card') return undefined
  return reply.replaces ? reply.card : reply.isResult ? reply.changed : undefined
}

/** By the inputs that the form shows; what belongs to none of them goes to the first. Nothing when there is no input. */
function errorsByBlock(
  errors: Readonly<Record<string, string>>,
  blocks: readonly types.AnyBlock[],
): Record<string, string> | undefined {
  const inputs = blocks.filter(block => block.type === 'input').map(block => String(block.block_id))
  const [first] = inputs
  if (first === undefined) return undefined
  const found: Record<string, string> = {}
  for (const [field, sentence] of Object.entries(errors)) {
    const block = inputs.includes(field) ? field : first
    found[block] = cut(
      oneLine([found[block], sentence].filter(Boolean).join(' ')) || 'Not accepted.',
      LIMITS.fieldError,
    )
  }
  return Object.keys(found).length > 0 ? found : { [first]: 'Not accepted.' }
}

const WORKING = 'Working on it …'
const DONE = 'Done. The message that you came from shows it.'
