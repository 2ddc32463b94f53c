import { decoded, pagedBy, textShown } from './reading.ts'
import { isThing, listOf, type Thing } from './validate-objects.ts'

export type User = {
  readonly id: string
  readonly name: string
  readonly email: string
  /** The workspace they belong to, and its organization on Enterprise Grid. */
  teamId: string
  enterpriseId?: string
  isStranger: boolean
  isRestricted: boolean
  isUltraRestricted: boolean
  isBot: boolean
  isDeleted: boolean
}

export type Channel = {
  readonly id: string
  readonly name: string
  /** The person at the other end, for a direct message with the bot. */
  readonly dmWith?: string
  isArchived: boolean
  /** Shared with another company, or once that has accepted. */
  isExtShared: boolean
  isPendingExtShared: boolean
  /** False once the bot has been removed: posting answers `not_in_channel`. */
  takesPosts: boolean
}

/** A message as it stands now. `to` is the only reader of an ephemeral one; `edits` counts updates. */
export type Message = {
  readonly ts: string
  readonly channel: string
  readonly from: string
  readonly threadTs: string | undefined
  readonly to: string | undefined
  text: string
  blocks: readonly Thing[]
  /** What a person reads: the blocks' texts, else the text, unescaped. */
  shown: string
  edits: number
  /** What stands beside its links, by link. */
  readonly unfurls: Map<string, { readonly blocks: readonly Thing[]; readonly shown: string }>
}

export type Modal = {
  readonly id: string
  readonly user: string
  view: Thing
  shown: string
  /** The sentences under the fields, after a refused submission. */
  errors: Readonly<Record<string, string>>
  /** What a typeahead field offered last, by its block. */
  readonly offered: Map<string, readonly Thing[]>
  isOpen: boolean
}

export type ResponseUrl = {
  readonly channel: string
  readonly user: string
  readonly at: number
  readonly source?: Message
  uses: number
}

/** A file that somebody has sent. */
export type Upload = {
  readonly name: string
  readonly length: number
  readonly bytes: Buffer | undefined
  readonly channel: string | undefined
}

export type SharedFile = {
  readonly id: string
  readonly name: string
  readonly bytes: Buffer
  readonly url: string
  readonly at: number
}

/** A canvas of the bot's, and who else may open it. */
export type Canvas = {
  readonly id: string
  readonly title: string
  readonly markdown: string
  readonly readers: readonly string[]
}

/** Everything the fake remembers. Only `methods`, `response-url` and `people` change it. */
export type Workspace = ReturnType<typeof createWorkspace>

export const BOT = { userId: 'U0BOT', botId: 'B0BOT', teamId: 'T0TEAM', appId: 'A0APP' } as const

/** A channel as it begins. */
export const OPEN = { isArchived: false, isExtShared: false, isPendingExtShared: false, takesPosts: true } as const

/** Somebody of the workspace, as most are. */
export const MEMBER = {
  teamId: BOT.teamId,
  isStranger: false,
  isRestricted: false,
  isUltraRestricted: false,
  isBot: false,
  isDeleted: false,
} as const

export function createWorkspace() {
  return {
    /** Milliseconds that the fake's clock runs ahead, see `advance`. */
    ahead: 0,
    /** The organization that the workspace is part of, on Enterprise Grid. */
    enterpriseId: undefined as string | undefined,
    numbers: 0,
    limitsRate: false,
    users: new Map<string, User>(),
    channels: new Map<string, Channel>(),
    messages: [] as Message[],
    ephemerals: [] as Message[],
    modals: [] as Modal[],
    /** The App Home of each user who has one. */
    homes: new Map<string, Modal>(),
    triggers: new Map<string, { readonly user: string; readonly at: number; isUsed: boolean }>(),
    responseUrls: new Map<string, ResponseUrl>(),
    lastPost: new Map<string, number>(),
    paged: [] as string[],
    files: new Map<string, SharedFile>(),
    /** What the bot uploads; `channel` once it is shown there. */
    uploads: new Map<string, Upload>(),
    canvases: new Map<string, Canvas>(),
  }
}

export function now(space: Workspace): number {
  return Date.now() + space.ahead
}

export function number(space: Workspace): number {
  space.numbers += 1
  return space.numbers
}

export function newTs(space: Workspace): string {
  return `${Math.floor(now(space) / 1000)}.${String(number(space)).padStart(6, '0')}`
}

export function newTrigger(space: Workspace, user: string): string {
  const id = `${number(space)}.${BOT.teamId}.trigger`
  space.triggers.set(id, { user, at: now(space), isUsed: false })
  return id
}

/** Three seconds, once. */
export function useTrigger(space: Workspace, id: unknown): { readonly user: string } | undefined {
  const trigger = space.triggers.get(String(id))
  if (trigger === undefined || trigger.isUsed || now(space) - trigger.at > 3_000) return undefined
  trigger.isUsed = true
  return trigger
}

export function dmChannel(space: Workspace, user: string): Channel {
  const id = `D${user.slice(1)}`
  const known = space.channels.get(id)
  if (known !== undefined) return known
  const channel: Channel = { id, name: 'dm', dmWith: user, ...OPEN }
  space.channels.set(id, channel)
  return channel
}

export function addMessage(
  space: Workspace,
  where: { channel: string; from: string; to?: string },
  args: Thing,
): Message {
  if (where.from === BOT.userId) space.paged.push(...pagedBy(args))
  const message: Message = {
    ts: newTs(space),
    channel: where.channel,
    from: where.from,
    to: where.to,
    threadTs: typeof args.thread_ts === 'string' ? args.thread_ts : undefined,
    ...content(args),
    edits: 0,
    unfurls: new Map(),
  }
  const shelf = where.to === undefined ? space.messages : space.ephemerals
  shelf.push(message)
  return message
}

export function editMessage(space: Workspace, message: Message, args: Thing): void {
  space.paged.push(...pagedBy(args))
  Object.assign(message, content(args))
  message.edits += 1
}

export function showView(modal: Modal, view: Thing): void {
  modal.view = view
  modal.errors = {}
  modal.shown = textShown([view.title, view.blocks, view.submit, view.close])
}

function content(args: Thing): Pick<Message, 'text' | 'blocks' | 'shown'> {
  const text = String(args.text ?? '')
  const blocks = listOf(args.blocks).filter(isThing)
  return { text, blocks, shown: blocks.length > 0 ? textShown(blocks) : decoded(text) }
}
