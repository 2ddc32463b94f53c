import { characters } from './reading.ts'
import { unfurlLinks } from './unfurls.ts'
import { checkBlocks, checkHome, checkView } from './validate-blocks.ts'
import { isThing, listOf, type Thing } from './validate-objects.ts'
import {
  addMessage,
  BOT,
  type Channel,
  dmChannel,
  editMessage,
  type Modal,
  now,
  number,
  showView,
  useTrigger,
  type Workspace,
} from './workspace.ts'

export type Answer = {
  readonly ok: boolean
  readonly error?: string
  readonly retryAfter?: number
  readonly [key: string]: unknown
}
type Method = (space: Workspace, args: Thing) => Answer

/** The Web API methods that the bot may call; everything else is `unknown_method`. */
export const METHODS: Readonly<Record<string, Method>> = {
  'auth.test': space => ({
    ok: true,
    ...(space.enterpriseId !== undefined && { enterprise_id: space.enterpriseId }),
    user_id: BOT.userId,
    bot_id: BOT.botId,
    team_id: BOT.teamId,
    url: 'https://fake.slack.com/',
    team: 'Fake',
    user: 'rounds',
  }),

  'chat.postMessage': (space, args) =>
    whereTo(space, args.channel, channel => {
      const fault = tooSoon(space, channel) ?? contentFault(args)
      if (fault !== undefined) return fault
      const { ts } = addMessage(space, { channel: channel.id, from: BOT.userId }, args)
      space.lastPost.set(channel.id, now(space))
      return { ok: true, channel: channel.id, ts, message: { ts } }
    }),

  'chat.postEphemeral': (space, args) =>
    whereTo(space, args.channel, channel => {
      const user = space.users.get(String(args.user))
      if (user === undefined) return refused('user_not_in_channel')
      const fault = contentFault(args)
      if (fault !== undefined) return fault
      const { ts } = addMessage(space, { channel: channel.id, from: BOT.userId, to: user.id }, args)
      return { ok: true, message_ts: ts }
    }),

  'chat.update': (space, args) => {
    if (!space.channels.has(String(args.channel))) return refused('channel_not_found')
    const message = space.messages.find(({ channel, ts }) => channel === args.channel && ts === args.ts)
    if (message === undefined) return refused('message_not_found')
    if (message.from !== BOT.userId) return refused('cant_update_message')
    const fault = contentFault(args)
    if (fault !== undefined) return fault
    editMessage(space, message, args)
    return { ok: true, channel: message.channel, ts: message.ts, text: message.text }
  },

  'chat.unfurl': (space, args) => unfurlLinks(space, args, contentFault),

  'conversations.open': (space, args) => {
    const user = space.users.get(String(args.users))
    return user === undefined ? refused('user_not_found') : { ok: true, channel: { id: dmChannel(space, user.id).id } }
  },

  'conversations.info': (space, args) => {
    const channel = space.channels.get(String(args.channel))
    if (channel === undefined) return refused('channel_not_found')
    const { id, name, isArchived, isExtShared, isPendingExtShared, takesPosts } = channel
    const shared = { is_ext_shared: isExtShared, is_pending_ext_shared: isPendingExtShared, is_org_shared: false }
    const membership = { is_private: !takesPosts, is_member: takesPosts }
    return { ok: true, channel: { id, name, is_archived: isArchived, ...membership, ...shared } }
  },

  'files.info': (space, args) => {
    const file = space.files.get(String(args.file))
    if (file === undefined) return refused('file_not_found')
    const { id, name, bytes, url, at } = file
    const created = Math.floor(at / 1000)
    return { ok: true, file: { id, name, created, size: bytes.length, url_private: url, url_private_download: url } }
  },

  'files.getUploadURLExternal': (space, args) => {
    const length = Number(args.length)
    if (!(length > 0)) return refused('invalid_arguments')
    const id = `F${space.uploads.size + 1}`
    space.uploads.set(id, { name: String(args.filename), length, bytes: undefined, channel: undefined })
    return { ok: true, file_id: id, upload_url: `${args.base}/upload/${id}` }
  },

  'files.completeUploadExternal': (space, args) => {
    const [file] = JSON.parse(String(args.files)) as { id: string }[]
    const upload = space.uploads.get(file?.id ?? '')
    if (upload?.bytes?.length !== upload?.length) return refused('file_not_found')
    const channel = space.channels.get(String(args.channel_id))
    if (upload === undefined || channel === undefined) return refused('channel_not_found')
    space.uploads.set(String(file?.id), { ...upload, channel: channel.id })
    return { ok: true, files: [{ id: file?.id }] }
  },

  'canvases.create': (space, args) => {
    const content = JSON.parse(String(args.document_content)) as { type?: string; markdown?: string }
    if (content.type !== 'markdown' || typeof content.markdown !== 'string') return refused('invalid_arguments')
    const id = `F${number(space)}CANVAS`
    space.canvases.set(id, { id, title: String(args.title), markdown: content.markdown, readers: [] })
    return { ok: true, canvas_id: id }
  },

  'canvases.access.set': (space, args) => {
    const canvas = space.canvases.get(String(args.canvas_id))
    const readers = JSON.parse(String(args.user_ids)) as string[]
    if (canvas === undefined) return refused('canvas_not_found')
    if (!readers.every(id => space.users.has(id))) return refused('user_not_found')
    space.canvases.set(canvas.id, { ...canvas, readers: [...canvas.readers, ...readers] })
    return { ok: true }
  },

  'canvases.delete': (space, args) =>
    space.canvases.delete(String(args.canvas_id)) ? { ok: true } : refused('canvas_not_found'),

  'users.info': (space, args) => {
    const user = space.users.get(String(args.user))
    if (user === undefined) return refused('user_not_found')
    return {
      ok: true,
      user: {
        id: user.id,
        name: user.name,
        real_name: user.name,
        team_id: user.teamId,
        deleted: user.isDeleted,
        is_bot: user.isBot,
        is_stranger: user.isStranger,
        is_restricted: user.isRestricted,
        is_ultra_restricted: user.isUltraRestricted,
        ...(user.enterpriseId !== undefined && { enterprise_user: { enterprise_id: user.enterpriseId } }),
        profile: { email: user.email, real_name: user.name },
      },
    }
  },

  'users.lookupByEmail': (space, args) => {
    const user = [...space.users.values()].find(({ email }) => email === args.email)
    return user === undefined ? refused('users_not_found') : { ok: true, user: { id: user.id, name: user.name } }
  },

  'views.open': (space, args) => {
    const fault = viewFault(args.view)
    if (fault !== undefined) return fault
    const trigger = useTrigger(space, args.trigger_id)
    return trigger === undefined ? refused('expired_trigger_id') : openView(space, trigger.user, args.view)
  },

  'views.push': (space, args) => {
    const fault = viewFault(args.view)
    if (fault !== undefined) return fault
    const trigger = useTrigger(space, args.trigger_id)
    return trigger === undefined ? refused('expired_trigger_id') : openView(space, trigger.user, args.view)
  },

  'views.update': (space, args) => {
    const modal = space.modals.find(({ id, isOpen }) => id === args.view_id && isOpen)
    if (modal === undefined) return refused('not_found')
    const fault = viewFault(args.view)
    if (fault !== undefined) return fault
    if (isThing(args.view)) showView(modal, args.view)
    return { ok: true, view: { id: modal.id } }
  },

  'views.publish': (space, args) => {
    const user = String(args.user_id)
    if (!space.users.has(user)) return refused('invalid_arguments')
    const complaints = checkHome(args.view)
    if (complaints.length > 0) return invalid('invalid_arguments', complaints)
    const known = space.homes.get(user)
    const home = known ?? newView(space, user)
    if (isThing(args.view)) showView(home, args.view)
    space.homes.set(user, home)
    return { ok: true, view: { id: home.id, hash: '1' } }
  },
}

/** Why Slack would not take this text and these blocks. */
export function contentFault(args: Thing): Answer | undefined {
  const text = String(args.text ?? '')
  if (args.blocks === undefined && text.trim() === '') return refused('no_text')
  if (text.length > 40_000) return refused('msg_too_long')
  if (args.blocks === undefined) return undefined
  const complaints = checkBlocks(args.blocks, 'message')
  if (complaints.length > 0) return invalid('invalid_blocks', complaints)
  return characters(args.blocks) > 12_000 ? refused('msg_blocks_too_long') : undefined
}

function viewFault(view: unknown): Answer | undefined {
  const complaints = checkView(view)
  return complaints.length > 0 ? invalid('invalid_arguments', complaints) : undefined
}

function newView(space: Workspace, user: string): Modal {
  return { id: `V${number(space)}`, user, view: {}, shown: '', errors: {}, offered: new Map(), isOpen: true }
}

function openView(space: Workspace, user: string, view: unknown): Answer {
  const modal = newView(space, user)
  if (isThing(view)) showView(modal, view)
  space.modals.push(modal)
  return { ok: true, view: { id: modal.id, hash: '1' } }
}

/** A channel's id, `#name`, or a user's id, which opens the direct message. */
function whereTo(space: Workspace, to: unknown, then: (channel: Channel) => Answer): Answer {
  const user = space.users.get(String(to))
  const named = [...space.channels.values()].find(({ name }) => `#${name}` === to)
  const channel = user === undefined ? (space.channels.get(String(to)) ?? named) : dmChannel(space, user.id)
  if (channel === undefined) return refused('channel_not_found')
  if (channel.isArchived) return refused('is_archived')
  return channel.takesPosts ? then(channel) : refused('not_in_channel')
}

function tooSoon(space: Workspace, channel: Channel): Answer | undefined {
  const last = space.lastPost.get(channel.id) ?? 0
  if (space.limitsRate && now(space) - last < 1_000) return { ok: false, error: 'ratelimited', retryAfter: 1 }
  return undefined
}

function refused(error: string): Answer {
  return { ok: false, error }
}

function invalid(error: string, complaints: readonly string[]): Answer {
  const messages = listOf(complaints).map(complaint => `[ERROR] ${complaint}`)
  return { ok: false, error, response_metadata: { messages } }
}
