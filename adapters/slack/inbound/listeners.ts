import type {
  AllMiddlewareArgs,
  AnyMiddlewareArgs,
  App,
  BlockAction,
  MessageShortcut,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackEventMiddlewareArgs,
  SlackOptionsMiddlewareArgs,
  SlackShortcutMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt'
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

type Heard = AnyMiddlewareArgs & AllMiddlewareArgs

/** The same for HTTP and Socket Mode. One listener for everything: Bolt would try each of its own for every request. */
export function listen(bolt: App, desk: Desk): void {
  bolt.use(heard => hear(desk, heard))
  bolt.error(async error => desk.log.error(faultOf(error), 'slack listener failed'))
}

/** Whatever Slack may send is acknowledged, for silence shows as an error. Events are, see hold-events. */
async function hear(desk: Desk, heard: Heard): Promise<void> {
  if ('command' in heard) return onCommand(desk, heard as SlackCommandMiddlewareArgs & AllMiddlewareArgs)
  if ('event' in heard) return onEvent(desk, heard as SlackEventMiddlewareArgs & AllMiddlewareArgs)
  switch (heard.body.type) {
    case 'block_actions':
      return onPress(desk, heard as SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs)
    case 'view_submission':
      return onSubmission(desk, heard as SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs)
    case 'message_action':
      return onShortcut(desk, heard as SlackShortcutMiddlewareArgs<MessageShortcut> & AllMiddlewareArgs)
    case 'block_suggestion':
      return onQuery(desk, heard as SlackOptionsMiddlewareArgs<'block_suggestion'> & AllMiddlewareArgs)
    default:
      return heard.ack()
  }
}

async function onEvent(desk: Desk, { event, body, context }: SlackEventMiddlewareArgs & AllMiddlewareArgs) {
  const delivery = deliveryOf(body, context)
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
