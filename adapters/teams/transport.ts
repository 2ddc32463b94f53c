import { DeliveryError } from '../../src/errors.ts'
import type { TeamsConfig } from './config.ts'
import { BotConnector } from './connector/bot-connector.ts'
import { isOnThisMachine, isTrusted } from './connector/trusted.ts'
import { asDeliveryError } from './outbound/errors.ts'

/** A conversation, and the service that carries it. */
export type Place = { readonly serviceUrl: string; readonly conversation: string }

/** What the Bot Framework takes as a message. */
export type Outgoing = Readonly<Record<string, unknown>> & { readonly type: string }

type ServiceAddress = { readonly serviceUrl: string; readonly bot: string; readonly tenant?: string }

/**
 * All that we use of botbuilder. Its own turns, middleware and proactive calls stay out: with an error handler set, its
 * `continueConversationAsync` resolves although nothing was sent.
 */
export type Transport = {
  /** Throws unless the Bot Framework has signed for this activity. */
  admit(authorization: string, activity: { readonly serviceUrl: string; readonly channelId: string }): Promise<void>
  /** Sends once and gives the message's id. This and all below throw `DeliveryError`. */
  send(place: Place, message: Outgoing): Promise<string>
  update(place: Place, id: string, message: Outgoing): Promise<void>
  remove(place: Place, id: string): Promise<void>
  startThread(
    service: ServiceAddress,
    channel: string,
    message: Outgoing,
  ): Promise<{ readonly conversation: string; readonly id: string }>
  openChat(service: ServiceAddress, user: string): Promise<string>
  member(place: Place, user: string): Promise<unknown>
  /** A page of them, and what leads to the next. */
  members(place: Place, next?: string): Promise<unknown>
  /** What a team is called, and its channels. */
  team(serviceUrl: string, team: string): Promise<unknown>
  channels(serviceUrl: string, team: string): Promise<unknown>
}

export function createTransport(config: TeamsConfig): Transport {
  const signed = new BotConnector(config)
  const unsigned = new BotConnector({ ...config, app: undefined })
  const connectors = new Map<string, ReturnType<BotConnector['connectorFor']>>()

  const apiOf = async (serviceUrl: string) => {
    // asked again for each message: what was stored once may not be allowed anymore
    if (!isTrusted(serviceUrl, config)) throw new DeliveryError('destination', 'Its service URL is not on the list')
    const known = connectors.get(serviceUrl)
    if (known !== undefined) return known
    const made = (isOnThisMachine(serviceUrl) ? unsigned : signed).connectorFor(serviceUrl)
    if (connectors.size > MOST_CONNECTORS) connectors.clear()
    connectors.set(serviceUrl, made)
    made.catch(() => connectors.delete(serviceUrl))
    return made
  }
  const conversations = async (serviceUrl: string) => (await apiOf(serviceUrl)).conversations
  const teams = async (serviceUrl: string) => (await apiOf(serviceUrl)).teams

  return {
    admit: (authorization, activity) => signed.admit(authorization, activity),
    async send({ serviceUrl, conversation }, message) {
      const api = await conversations(serviceUrl)
      const { id } = await asked(api.sendToConversation(conversation, message))
      return id ?? ''
    },
    async update({ serviceUrl, conversation }, id, message) {
      const api = await conversations(serviceUrl)
      await asked(api.updateActivity(conversation, id, { ...message, id }))
    },
    async remove({ serviceUrl, conversation }, id) {
      const api = await conversations(serviceUrl)
      await asked(api.deleteActivity(conversation, id))
    },
    async startThread({ serviceUrl, bot, tenant }, channel, message) {
      const api = await conversations(serviceUrl)
      const made = await asked(
        api.createConversation({
          isGroup: true,
          bot: { id: bot },
          channelData: { channel: { id: channel }, ...(tenant === undefined ? {} : { tenant: { id: tenant } }) },
          activity: message,
          ...(tenant === undefined ? {} : { tenantId: tenant }),
        } as never),
      )
      return { conversation: made.id, id: made.activityId ?? '' }
    },
    async openChat({ serviceUrl, bot, tenant }, user) {
      const api = await conversations(serviceUrl)
      const made = await asked(
        api.createConversation({
          isGroup: false,
          bot: { id: bot },
          members: [{ id: user }],
          ...(tenant === undefined ? {} : { tenantId: tenant, channelData: { tenant: { id: tenant } } }),
        } as never),
      )
      return made.id
    },
    async member({ serviceUrl, conversation }, user) {
      const api = await conversations(serviceUrl)
      return asked(api.getConversationMember(conversation, user))
    },
    async members({ serviceUrl, conversation }, next) {
      const api = await conversations(serviceUrl)
      return asked(api.getConversationPagedMembers(conversation, { pageSize: 500, continuationToken: next } as never))
    },
    async team(serviceUrl, team) {
      const api = await teams(serviceUrl)
      return asked(api.fetchTeamDetails(team))
    },
    async channels(serviceUrl, team) {
      const api = await teams(serviceUrl)
      return asked(api.fetchChannelList(team))
    },
  }
}

const MOST_CONNECTORS = 50

async function asked<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw asDeliveryError(error)
  }
}
