import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import { TeamsConnectorClient } from 'botframework-connector'
import { DeliveryError } from '../../src/errors.ts'
import type { TeamsConfig } from './config.ts'
import { CLOUDS } from './connector/clouds.ts'
import { silently } from './connector/silently.ts'
import { isOnThisMachine, isTrusted } from './connector/trusted.ts'
import { asDeliveryError, asTokenError } from './outbound/errors.ts'

/** A conversation, and the service that carries it. */
export type Place = { readonly serviceUrl: string; readonly conversation: string }

/** What the Bot Framework takes as a message. */
export type Outgoing = Readonly<Record<string, unknown>> & { readonly type: string }

type Way = { readonly serviceUrl: string; readonly bot: string; readonly tenant?: string }

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
    way: Way,
    channel: string,
    message: Outgoing,
  ): Promise<{ readonly conversation: string; readonly id: string }>
  openChat(way: Way, user: string): Promise<string>
  member(place: Place, user: string): Promise<unknown>
  /** A page of them, and what leads to the next. */
  members(place: Place, next?: string): Promise<unknown>
  /** What a team is called, and its channels. */
  team(serviceUrl: string, team: string): Promise<unknown>
  channels(serviceUrl: string, team: string): Promise<unknown>
}

const TIMEOUT = 10_000

export function createTransport(config: TeamsConfig): Transport {
  const signed = new Connector(settingsOf(config), config.app?.id)
  const unsigned = new Connector(settingsOf({ ...config, app: undefined }), undefined)
  const connectors = new Map<string, ReturnType<Connector['connectorFor']>>()

  const apiOf = async (serviceUrl: string) => {
    // asked again for each message: what was stored once may not be allowed any more
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

/** botbuilder's adapter, of which we need who signed and a connector, and no turns. */
class Connector extends CloudAdapter {
  readonly #appId: string | undefined

  constructor(settings: Settings, appId: string | undefined) {
    super(new ConfigurationBotFrameworkAuthentication(settings))
    this.#appId = appId
  }

  async admit(authorization: string, activity: object): Promise<void> {
    await silently(() => this.processActivity(authorization, { ...activity } as never, async () => {}))
  }

  async connectorFor(serviceUrl: string) {
    const factory = this.botFrameworkAuthentication.createConnectorFactory(this.createClaimsIdentity(this.#appId))
    const connector = await factory.create(serviceUrl, undefined as never)
    const { credentials } = connector as unknown as WithCredentials
    const beside = new TeamsConnectorClient(credentials as never, { baseUri: serviceUrl })
    for (const client of [connector, beside]) tame(client as unknown as WithPipeline)
    const sign = credentials.signRequest.bind(credentials)
    credentials.signRequest = request => withToken(sign(request))
    return { conversations: connector.conversations, teams: beside.teams }
  }
}

type Settings = Readonly<Record<string, string>>

function settingsOf({ app, cloud }: TeamsConfig): Settings {
  return {
    ...cloud,
    OAuthUrl: CLOUDS.public.OAuthUrl,
    ...(app === undefined
      ? {}
      : {
          MicrosoftAppId: app.id,
          MicrosoftAppType: app.type,
          ...(app.password === undefined ? {} : { MicrosoftAppPassword: app.password }),
          ...(app.tenant === undefined ? {} : { MicrosoftAppTenantId: app.tenant }),
        }),
  }
}

type Request = { timeout: number }
type Pipeline = {
  removePolicy(which: { name: string }): readonly unknown[]
  addPolicy(policy: { name: string; sendRequest(request: Request, next: (request: Request) => unknown): unknown }): void
}
type WithPipeline = { client: { pipeline: Pipeline } }
type WithCredentials = { credentials: { signRequest(request: unknown): Promise<unknown> } }

/**
 * One try, in finite time, and nowhere else than asked: by itself the library sends three more times, sleeps through a
 * rate limit and carries the token along wherever it is sent on to.
 */
function tame({ client: { pipeline } }: WithPipeline): void {
  for (const name of ['defaultRetryPolicy', 'redirectPolicy']) {
    if (pipeline.removePolicy({ name }).length === 0) throw new Error(`botbuilder has no ${name} to take out any more`)
  }
  pipeline.addPolicy({
    name: 'roundsTimeout',
    sendRequest(request, next) {
      request.timeout = TIMEOUT
      return next(request)
    },
  })
}

/** No token, no message: whatever went wrong, for certain nothing was sent. */
async function withToken<T>(signed: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeliveryError('busy', 'The login service did not answer')), TIMEOUT)
  })
  try {
    return await Promise.race([signed, late])
  } catch (error) {
    throw asTokenError(error)
  } finally {
    clearTimeout(timer)
  }
}

async function asked<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw asDeliveryError(error)
  }
}
