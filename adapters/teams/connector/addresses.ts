import * as z from 'zod'
import type { AddressBook } from '../../../src/chat/port.ts'
import { DeliveryError } from '../../../src/errors.ts'
import type { TeamsConfig } from '../config.ts'
import { type Activity, channelOf, isPersonal, userOf } from './activity.ts'
import { isTrusted } from './trusted.ts'

/** The address of the Bot Framework's service for a conversation: the newest one seen counts. */
const service = {
  serviceUrl: z.string(),
  /** The bot's own id there. */
  bot: z.string(),
  tenant: z.string().exactOptional(),
}

const userEntry = z.object({
  ...service,
  id: z.string(),
  /** The chat with this person alone, once there is one. */
  conversation: z.string().exactOptional(),
  /** Where they were last seen, and can be looked up. */
  metIn: z.string(),
})

const channelEntry = z.object({ ...service, isChannel: z.boolean() })
const serviceEntry = z.object(service)

export type UserAddress = z.infer<typeof userEntry>
export type ChannelAddress = z.infer<typeof channelEntry>

/** A channel that nobody has spoken in yet is reached through the address of the newest activity. */
const NEWEST = 'newest'

/** A channel of each team, and the group chats: where people can be looked for. */
const ROOMS = 'rooms'
const roomsEntry = z.record(z.string(), z.string())
const MOST_ROOMS = 50

export type Addresses = {
  /** Records who said something, and where; returns whether this person is new. */
  keep(activity: Activity): Promise<boolean>
  keepConversation(user: string, conversation: string): Promise<void>
  user(id: string): Promise<UserAddress>
  knows(user: string): Promise<boolean>
  userOf(email: string): Promise<string | undefined>
  keepEmail(email: string, user: string): Promise<void>
  /** Records somebody who was found but has not said anything yet. */
  keepMember(user: string, found: { service: ChannelAddress; id: string; metIn: string }): Promise<void>
  rooms(): Promise<readonly string[]>
  /** The teams that the bot is in, each with a channel that something was said in. */
  teams(): Promise<readonly { readonly team: string; readonly channel: string }[]>
  /** A place that something was said in before. */
  knownChannel(id: string): Promise<ChannelAddress | undefined>
  channel(id: string): Promise<ChannelAddress>
}

/** What we know of how to reach people and channels. What cannot be reached throws a `DeliveryError`. */
export function createAddresses(book: AddressBook, config: TeamsConfig): Addresses {
  const kept = new Map<string, string>()
  const keep = (id: string, entry: object): Promise<void> => keepText(id, JSON.stringify(entry))
  const keepText = async (id: string, address: string): Promise<void> => {
    if (kept.get(id) === address) return
    await book.keep(id, address)
    if (kept.size > MOST_KEPT) kept.clear()
    kept.set(id, address)
  }
  const find = async <T extends { serviceUrl: string }>(id: string, schema: z.ZodType<T>): Promise<T | undefined> => {
    const read = schema.safeParse(parsed(await book.find(id)))
    // an address stored under a wider list than today's is no longer valid
    return read.success && isTrusted(read.data.serviceUrl, config) ? read.data : undefined
  }

  const roomsByTeam = async () => roomsEntry.safeParse(parsed(await book.find(ROOMS))).data ?? {}
  const keepRoom = async (team: string, channel: string): Promise<void> => {
    const rooms = await roomsByTeam()
    if (rooms[team] !== undefined) return
    await keep(ROOMS, Object.fromEntries([...Object.entries(rooms), [team, channel]].slice(-MOST_ROOMS)))
  }

  return {
    async keep(activity) {
      const { serviceUrl, recipient, from, conversation, channelData } = activity
      const tenant = conversation.tenantId ?? channelData?.tenant?.id ?? undefined
      const here = { serviceUrl, bot: recipient.id, ...(tenant === undefined ? {} : { tenant }) }
      await keep(NEWEST, here)
      const user = `user:${userOf(activity)}`
      const channel = channelOf(conversation.id)
      // the message extension works in places that the bot is not in
      const isGuest = activity.name?.startsWith('composeExtension/') ?? false
      if (!isGuest) await keep(`channel:${channel}`, { ...here, isChannel: isChannel(activity) })
      if (!isGuest && !isPersonal(activity)) await keepRoom(channelData?.team?.id ?? channel, channel)
      if (from.id === recipient.id) return false
      const before = await find(user, userEntry)
      if (isPersonal(activity)) {
        await keep(user, { ...here, id: from.id, conversation: channel, metIn: channel })
        return before === undefined
      }
      const chat = before?.conversation === undefined ? {} : { conversation: before.conversation }
      await keep(user, { ...here, id: from.id, ...chat, metIn: isGuest ? (before?.metIn ?? channel) : channel })
      return before === undefined && !isGuest
    },
    async keepConversation(user, conversation) {
      const entry = await find(`user:${user}`, userEntry)
      if (entry === undefined) return
      const { id: _, metIn: __, ...here } = entry
      await keep(`user:${user}`, { ...entry, conversation })
      await keep(`channel:${conversation}`, { ...here, conversation: undefined, isChannel: false })
    },
    async user(id) {
      const entry = await find(`user:${id}`, userEntry)
      if (entry === undefined) throw new DeliveryError('destination', NOT_MET)
      return entry
    },
    knows: async user => (await find(`user:${user}`, userEntry)) !== undefined,
    async userOf(email) {
      return (await book.userOf(email)) ?? (await book.find(`email:${email}`))
    },
    keepEmail: (email, user) => keepText(`email:${email.trim().toLowerCase()}`, user),
    async keepMember(user, { service: { isChannel: _, ...service }, id, metIn }) {
      if ((await find(`user:${user}`, userEntry)) === undefined) await keep(`user:${user}`, { ...service, id, metIn })
    },
    rooms: async () => Object.values(await roomsByTeam()),
    async teams() {
      const rooms = Object.entries(await roomsByTeam()).map(([team, channel]) => ({ team, channel }))
      // a group chat is stored under its own id
      return rooms.filter(({ team }) => looksLikeChannel(team))
    },
    knownChannel: id => find(`channel:${id}`, channelEntry),
    async channel(id) {
      const entry = await find(`channel:${id}`, channelEntry)
      if (entry !== undefined) return entry
      const newest = await find(NEWEST, serviceEntry)
      if (newest === undefined) throw new DeliveryError('destination', NOT_INSTALLED)
      return { ...newest, isChannel: looksLikeChannel(id) }
    },
  }
}

const MOST_KEPT = 10_000
const NOT_MET = 'This person has not written to Rounds in Teams yet, so there is no chat to write to'
const NOT_INSTALLED = 'Rounds has not heard from Teams yet: is the app installed in that team or chat'

function isChannel({ conversation }: Activity): boolean {
  return conversation.conversationType === 'channel' || looksLikeChannel(channelOf(conversation.id))
}

/** Channels have threads, group chats have none. */
function looksLikeChannel(id: string): boolean {
  return /@thread\.(tacv2|skype)$/.test(id)
}

function parsed(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? 'null')
  } catch {
    return undefined
  }
}
