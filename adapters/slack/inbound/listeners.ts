import type { App, BlockAction, MessageShortcut, ViewSubmitAction } from '@slack/bolt'
import type { Acknowledge } from '../../../src/chat/port.ts'
import { faultOf } from '../outbound/errors.ts'
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
export function listen(bolt: App, desk: Desk): void {
  bolt.command(/.*/, args => onCommand(desk, args))
  bolt.event('app_mention', ({ event, body, context }) => onMention(desk, event as Words, deliveryOf(body, context)))
  bolt.event('message', ({ event, body, context }) => onDirectMessage(desk, event as Words, deliveryOf(body, context)))
  bolt.event('app_home_opened', ({ event, body }) => onInstall(desk, event as Opened, body.event_id))
  bolt.event('app_home_opened', ({ event }) => onHome(desk, event as Opened))
  bolt.event('link_shared', ({ event, body, context }) =>
    onLinks(desk, event as LinksShared, deliveryOf(body, context)),
  )
  bolt.action<BlockAction>({ type: 'block_actions' }, args => onPress(desk, args))
  bolt.view<ViewSubmitAction>({ type: 'view_submission' }, args => onSubmission(desk, args))

  bolt.shortcut<MessageShortcut>({ type: 'message_action' }, args => onShortcut(desk, args))
  bolt.options<'block_suggestion'>({ type: 'block_suggestion' }, args => onQuery(desk, args))

  bolt.view({ type: 'view_closed' }, ({ ack }) => ack())
  bolt.shortcut({ type: 'shortcut' }, ({ ack }) => ack())
  for (const event of ['app_uninstalled', 'tokens_revoked'] as const) {
    bolt.event(event, async () => desk.log.warn({ event }, 'slack took the app away'))
  }
  bolt.error(async error => desk.log.error(faultOf(error), 'slack listener failed'))
}

type Envelope = {
  readonly event_id: string
  readonly is_ext_shared_channel?: boolean
  readonly authorizations?: readonly { readonly user_id: string; readonly is_bot: boolean }[]
}

type Context = Readonly<Record<string, unknown>> & { readonly botUserId?: string | undefined }

function deliveryOf(body: Envelope, context: Context): Delivery {
  const bot = body.authorizations?.find(({ is_bot }) => is_bot)
  return {
    id: body.event_id,
    botUserId: context.botUserId ?? bot?.user_id,
    isShared: body.is_ext_shared_channel === true,
    // see hold-events
    acknowledge: context.acknowledge as Acknowledge,
  }
}
