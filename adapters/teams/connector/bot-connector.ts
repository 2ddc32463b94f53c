import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import { TeamsConnectorClient } from 'botframework-connector'
import { DeliveryError } from '../../../src/errors.ts'
import type { TeamsConfig } from '../config.ts'
import { asTokenError } from '../outbound/errors.ts'
import { CLOUDS } from './clouds.ts'
import { silently } from './silently.ts'

const TIMEOUT = 10_000

/** botbuilder's adapter, of which we need who signed and a connector, and no turns. */
export class BotConnector extends CloudAdapter {
  readonly #appId: string | undefined

  constructor(config: TeamsConfig) {
    super(new ConfigurationBotFrameworkAuthentication(settingsOf(config)))
    this.#appId = config.app?.id
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

function settingsOf({ app, cloud }: TeamsConfig): Readonly<Record<string, string>> {
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
 * One try, with a timeout, and only to the given address: by itself the library sends three more times, sleeps through a
 * rate limit, and takes the token along on redirects.
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

/** No token, no message: whatever went wrong, certainly nothing was sent. */
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
