import type { BlockAction, BlockSuggestion, MessageShortcut, SlashCommand, types, ViewSubmitAction } from '@slack/bolt'
import type { Acknowledge } from '../../../src/chat/port.ts'
import { faultOf } from '../outbound/errors.ts'
import { acknowledged } from '../transport/acknowledged.ts'
import type { Sent } from '../transport/sent.ts'
import type { Desk } from './desk.ts'
import { onHome } from './on-home.ts'
import { type Opened, onInstall } from './on-install.ts'
import { type LinksShared, onLinks } from './on-links.ts'
import { onPress } from './on-press.ts'
import { onQuery } from './on-query.ts'
import { onShortcut } from './on-shortcut.ts'
import { onSubmission } from './on-submission.ts'
import { type Delivery, onCommand, onDirectMessage, onMention, type Words } from './on-words.ts'

/** The same for HTTP and Socket Mode. Whatever Slack may send is acknowledged, for silence shows as an error. */
export async function hear(desk: Desk, sent: Sent): Promise<void> {
  // What Slack sends is what Slack says that it sends.
  const body: unknown = sent.body
  if (sent.body.command !== undefined) return onCommand(desk, body as SlashCommand, sent)
  switch (sent.body.type) {
    case 'event_callback':
      return acknowledged(sent.ack, acknowledge => onEvent(desk, body as Envelope, acknowledge))
    case 'block_actions':
      return onPress(desk, body as BlockAction, sent)
    case 'view_submission':
      return onSubmission(desk, body as ViewSubmitAction, sent)
    case 'message_action':
      return onShortcut(desk, body as MessageShortcut, sent)
    case 'block_suggestion':
      return onQuery(desk, body as BlockSuggestion, sent)
    default:
      return sent.ack()
  }
}

/** What we read around an event. */
type Envelope = {
  readonly event: types.SlackEvent
  readonly event_id: string
  readonly is_ext_shared_channel?: boolean
  readonly authorizations?: readonly { readonly user_id: string; readonly is_bot: boolean }[]
}

/** An event that fails is acknowledged all the same: sent again, it would fail again. */
async function onEvent(desk: Desk, envelope: Envelope, acknowledge: Acknowledge): Promise<void> {
  try {
    await onEventOf(desk, envelope.event, deliveryOf(desk, envelope, acknowledge))
  } catch (error) {
    desk.log.error(faultOf(error), 'slack listener failed')
  }
}

async function onEventOf(desk: Desk, event: types.SlackEvent, delivery: Delivery): Promise<void> {
  // What the bot does itself is told, too.
  if ('user' in event && event.user !== undefined && event.user === delivery.botUserId) return
  switch (event.type) {
    case 'app_mention':
      return onMention(desk, event as Words, delivery)
    case 'message':
      return onDirectMessage(desk, event as Words, delivery)
    case 'link_shared':
      return onLinks(desk, event as LinksShared, delivery)
    case 'app_home_opened':
      await Promise.all([onInstall(desk, event as Opened, delivery.id), onHome(desk, event as Opened)])
      return
    case 'app_uninstalled':
    case 'tokens_revoked':
      return desk.log.warn({ event: event.type }, 'slack took the app away')
  }
}

function deliveryOf(
  { botUserId }: Desk,
  { event_id: id, authorizations, is_ext_shared_channel: isShared }: Envelope,
  acknowledge: Acknowledge,
): Delivery {
  const bot = authorizations?.find(({ is_bot }) => is_bot)
  return { id, botUserId: botUserId() ?? bot?.user_id, isShared: isShared === true, acknowledge }
}
