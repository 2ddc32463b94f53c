import { randomUUID } from 'node:crypto'
import type { Thing } from '../thing.ts'

export type User = {
  /** Theirs with this bot; another bot knows them by another. */
  readonly id: string
  readonly aadObjectId: string
  readonly name: string
  /** Absent for somebody without a mailbox. */
  readonly email: string | undefined
  readonly tenantId: string
  readonly isGuest: boolean
  /** The conversation with the bot. */
  readonly conversation: string
  /** Whether the bot is installed for them alone. */
  hasBot: boolean
  /** Has blocked the bot: writing answers `MessageWritesBlocked`. */
  isBlocking: boolean
}

export type Team = { readonly id: string; readonly name: string; hasBot: boolean }

export type Channel = {
  readonly id: string
  readonly name: string
  readonly team: Team
  /** Guests and people of other tenants who are in it; those of the tenant are in every channel. */
  readonly outsiders: Set<string>
  isDeleted: boolean
  /** False where the bot may not write: `BotNotInConversationRoster`. */
  takesPosts: boolean
}

/** A message as it stands now. `seenBy` holds the card that one user sees in place of everybody's, after a press. */
export type Message = {
  readonly id: string
  /** Without `;messageid=`. */
  readonly conversation: string
  /** The message that this one answers under, in a channel. */
  readonly root: string | undefined
  /** `bot`, or the user's id. */
  readonly from: string
  text: string
  card: Thing | undefined
  /** A file, or the question whether one may be sent. */
  readonly file: Thing | undefined
  summary: string
  /** What everybody reads. */
  shown: string
  edits: number
  isDeleted: boolean
  readonly seenBy: Map<string, Thing>
}

/** A form or a note in a window of its own. */
export type Dialog = {
  readonly user: string
  readonly title: string
  /** The message it was opened from. */
  readonly message: Message | undefined
  /** Whether it belongs to a message extension, so that it is submitted to that. */
  readonly command: string | undefined
  card: Thing | undefined
  shown: string
  isOpen: boolean
}

/** Everything the fake remembers. Only `routes` and `people` change it. */
export type Tenant = ReturnType<typeof createTenant>

export const BOT_NAME = 'Rounds'

export function createTenant() {
  return {
    id: randomUUID(),
    botId: `28:${randomUUID()}`,
    numbers: 0,
    limitsRate: false,
    users: new Map<string, User>(),
    teams: new Map<string, Team>(),
    channels: new Map<string, Channel>(),
    messages: [] as Message[],
    dialogs: [] as Dialog[],
    sentAt: new Map<string, number[]>(),
    /** What stood in a text and came alive, with where. */
    alive: [] as string[],
    /** What was put into somebody's OneDrive, by the address that it was asked to go to. */
    uploads: new Map<string, string>(),
  }
}

function number(tenant: Tenant): number {
  tenant.numbers += 1
  return tenant.numbers
}

/** Like the real ones: milliseconds, and never the same twice. */
export function newMessageId(tenant: Tenant): string {
  return String(1_790_000_000_000 + number(tenant))
}

export function newUser(tenant: Tenant, name: string, more: Partial<User> = {}): User {
  const n = number(tenant)
  const user: User = {
    id: `29:1${Buffer.from(`${name}-${n}`).toString('base64url')}`,
    aadObjectId: randomUUID(),
    name,
    email: `${name.toLowerCase()}@ours.example`,
    tenantId: tenant.id,
    isGuest: false,
    conversation: `a:1${Buffer.from(`personal-${n}-${name}`).toString('base64url')}`,
    hasBot: true,
    isBlocking: false,
    ...more,
  }
  tenant.users.set(user.id, user)
  return user
}

export function newTeam(tenant: Tenant, name: string): Team {
  const team = { id: threadId(tenant, name), name, hasBot: true }
  tenant.teams.set(team.id, team)
  return team
}

export function newChannel(tenant: Tenant, name: string, team: Team): Channel {
  const channel = {
    id: threadId(tenant, name),
    name,
    team,
    outsiders: new Set<string>(),
    isDeleted: false,
    takesPosts: true,
  }
  tenant.channels.set(channel.id, channel)
  return channel
}

export function isOutsider(tenant: Tenant, { isGuest, tenantId }: User): boolean {
  return isGuest || tenantId !== tenant.id
}

export function userByEitherId(tenant: Tenant, id: unknown): User | undefined {
  return [...tenant.users.values()].find(user => user.id === id || user.aadObjectId === id)
}

/** A conversation's id and, in a channel, the message whose thread is meant. */
export function placeOf(conversation: string): { readonly conversation: string; readonly root: string | undefined } {
  const [id = '', root] = conversation.split(';messageid=')
  return { conversation: id, root }
}

function threadId(tenant: Tenant, name: string): string {
  const hex = Buffer.from(`${name}-${number(tenant)}`)
    .toString('hex')
    .padEnd(32, '0')
    .slice(0, 32)
  return `19:${hex}@thread.tacv2`
}
