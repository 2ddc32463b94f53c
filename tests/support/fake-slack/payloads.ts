import type { Thing } from './validate-objects.ts'
import { BOT, type Channel, type Message, type Modal, newTs, number, type User, type Workspace } from './workspace.ts'

/** The bodies that Slack sends, as documented; `text` is escaped as Slack escapes what people type. */

export function commandBody(
  user: User,
  channel: Channel,
  words: string,
  extra: { trigger: string; responseUrl: string },
): Thing {
  const [command, ...text] = words.split(' ')
  return {
    token: 'verification',
    team_id: user.teamId,
    team_domain: 'fake',
    channel_id: channel.id,
    channel_name: channel.dmWith === undefined ? channel.name : 'directmessage',
    user_id: user.id,
    user_name: user.name,
    command,
    text: escapedByClient(text.join(' ')),
    api_app_id: BOT.appId,
    is_enterprise_install: 'false',
    response_url: extra.responseUrl,
    trigger_id: extra.trigger,
  }
}

export function eventBody(space: Workspace, event: Thing): Thing {
  return {
    token: 'verification',
    team_id: BOT.teamId,
    api_app_id: BOT.appId,
    type: 'event_callback',
    event_id: `Ev${number(space)}`,
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [
      { enterprise_id: null, team_id: BOT.teamId, user_id: BOT.userId, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: space.channels.get(String(event.channel))?.isExtShared ?? false,
    event,
  }
}

/** `user` wrote it; the teams say where they belong. */
export function messageEvent(
  user: User,
  message: Message,
  channelType: 'im' | 'channel',
  type: 'message' | 'app_mention',
): Thing {
  return {
    type,
    user: message.from,
    text: message.text,
    ts: message.ts,
    event_ts: message.ts,
    channel: message.channel,
    team: user.teamId,
    user_team: user.teamId,
    source_team: user.teamId,
    ...(type === 'message' ? { channel_type: channelType } : {}),
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
  }
}

export function pressBody(
  space: Workspace,
  user: User,
  button: Thing,
  extra: { trigger: string; place: Thing },
): Thing {
  return {
    ...interaction('block_actions', user, extra.trigger),
    ...extra.place,
    actions: [{ type: 'button', ...button, action_ts: newTs(space) }],
  }
}

/** `hasReplies`: the first message of a thread names itself as its thread. */
export function messagePlace(message: Message, responseUrl: string, hasReplies: boolean): Thing {
  const container = {
    type: 'message',
    message_ts: message.ts,
    channel_id: message.channel,
    is_ephemeral: message.to !== undefined,
  }
  const root = message.threadTs ?? (hasReplies ? message.ts : undefined)
  const thread = root === undefined ? {} : { thread_ts: root }
  const shown = {
    type: 'message',
    ts: message.ts,
    bot_id: BOT.botId,
    user: BOT.userId,
    text: message.text,
    blocks: message.blocks,
    ...thread,
  }
  return {
    container: { ...container, ...thread },
    channel: { id: message.channel, name: 'channel' },
    response_url: responseUrl,
    state: { values: {} },
    ...(message.to === undefined ? { message: shown } : {}),
  }
}

export function modalPlace(modal: Modal): Thing {
  return { container: { type: 'view', view_id: modal.id }, view: viewOf(modal, {}) }
}

export function submissionBody(user: User, modal: Modal, values: Thing, trigger: string): Thing {
  return { ...interaction('view_submission', user, trigger), view: viewOf(modal, values), response_urls: [] }
}

/** `callbackId` is the shortcut's in the manifest. A message of an app has no user. */
export function shortcutBody(
  user: User,
  message: Message,
  channel: Channel,
  extra: { trigger: string; responseUrl: string; callbackId: string; ts: string },
): Thing {
  return {
    ...interaction('message_action', user, extra.trigger),
    callback_id: extra.callbackId,
    action_ts: extra.ts,
    response_url: extra.responseUrl,
    channel: { id: channel.id, name: channel.dmWith === undefined ? channel.name : 'directmessage' },
    message_ts: message.ts,
    message: {
      type: 'message',
      text: message.text,
      ts: message.ts,
      team: BOT.teamId,
      ...(message.from === BOT.userId ? { bot_id: BOT.botId, subtype: 'bot_message' } : { user: message.from }),
      ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    },
  }
}

/** What somebody typed into a select that asks the bot. It has no trigger. */
export function suggestionBody(user: User, modal: Modal, input: Thing, typed: string): Thing {
  const { trigger_id: _, ...rest } = interaction('block_suggestion', user, '')
  const element = input.element as Thing
  return {
    ...rest,
    container: { type: 'view', view_id: modal.id },
    action_id: element.action_id,
    block_id: input.block_id,
    value: typed,
    view: viewOf(modal, {}),
  }
}

function interaction(type: string, user: User, trigger: string): Thing {
  return {
    type,
    team: { id: BOT.teamId, domain: 'fake' },
    user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId },
    api_app_id: BOT.appId,
    token: 'verification',
    trigger_id: trigger,
    is_enterprise_install: false,
    enterprise: null,
  }
}

function viewOf(modal: Modal, values: Thing): Thing {
  return {
    callback_id: '',
    private_metadata: '',
    ...modal.view,
    id: modal.id,
    team_id: BOT.teamId,
    app_id: BOT.appId,
    bot_id: BOT.botId,
    hash: '1',
    root_view_id: modal.id,
    previous_view_id: null,
    state: { values },
  }
}

export function escapedByClient(text: string): string {
  return text.replace(/<(?:[@#!]|https?:|mailto:)[^>]*>|[&<>]/g, part => ESCAPES[part] ?? part)
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
