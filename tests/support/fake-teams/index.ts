/**
 * A Teams that runs on loopback: the connector's REST interface, OpenID metadata and the people in it.
 *
 *   const teams = await startFakeTeams()
 *   const env = teams.env()                        // what the bot needs; 'playground' for one without an app id
 *   teams.botAt('http://127.0.0.1:4000')           // where the bot serves /api/messages
 *   const dana = teams.addUser('Dana'), cs = teams.addChannel('cs')
 *
 *   await teams.say(dana, 'acme')                  // likewise mention(dana, cs, 'acme')
 *   const post = await teams.until(() => teams.dms(dana).at(-1))
 *   const effect = await teams.press(dana, post, 'Claim')       // what Dana sees at once: effect.kind, effect.says
 *   await teams.press(dana, teams.dialog(dana), 'Submit', { reason: 'x' })
 *   await teams.shortcut(dana, teams.write(dana, cs, 'hello'), 'add_to_timeline')
 *   await teams.install(dana, cs); await teams.uninstall(dana)
 *
 * Look at `messages(channel)`, `dms(user)`, `thread(message)`, each with `shown`, what everybody reads, and `shownTo`,
 * what one user reads after a press of their own; `alive` holds every mention, link, date and template that came out of
 * a text; `calls` each call of the connector and `refusals` those that it refused.
 * Break things with `fail('post', 'drop' | 'hang' | 'refuse' | { status: 429, retryAfter: 3 })`, `limitRate()`,
 * `redeliver()`, `send(activity, token)`, `channel.isDeleted = true`, `channel.takesPosts = false`, `user.isBlocking`.
 */
import { randomUUID } from 'node:crypto'
import type { Thing } from '../thing.ts'
import { until } from '../until.ts'
import { deliver, type Receipt } from './deliver.ts'
import { createFaults, type Failing, type Fault } from './faults.ts'
import { createPeople } from './people.ts'
import { type Call, startServer } from './server.ts'
import {
  type Channel,
  createTenant,
  type Dialog,
  type Message,
  newChannel,
  newTeam,
  newUser,
  type User,
} from './tenant.ts'
import { createTokenMaker, ISSUER } from './tokens.ts'

export type { Channel, Dialog, Message, User } from './tenant.ts'
export type FakeTeams = Awaited<ReturnType<typeof startFakeTeams>>

export async function startFakeTeams() {
  const tenant = createTenant()
  const faults = createFaults()
  const calls: Call[] = []
  const app = { id: randomUUID(), password: 'fake-client-secret' }
  const tokens = createTokenMaker(app.id)
  const team = newTeam(tenant, 'Customer Success')
  let botUrl = ''
  let signs = true
  let last: Thing | undefined

  const { server, base } = await startServer({ tenant, faults, calls, tokens })
  const serviceUrl = `${base}/emea/`
  const send = (body: Thing | string, token?: string): Promise<Receipt> => deliver(botUrl, body, token)
  const sendSigned = (body: Thing): Promise<Receipt> => {
    last = body
    return send(body, signs ? tokens.make(serviceUrl) : undefined)
  }

  return {
    tenant,
    app,
    tokens,
    serviceUrl,
    calls,
    ...createPeople({ tenant, serviceUrl, deliver: sendSigned }),

    /** The environment of a bot in this tenant; `playground` for one that asks nobody who they are. */
    env(kind: 'app' | 'playground' = 'app'): Record<string, string> {
      signs = kind === 'app'
      const development = { TEAMS_DEVELOPMENT: '1', HOST: '127.0.0.1' }
      if (kind === 'playground') return development
      return {
        ...development,
        MicrosoftAppId: app.id,
        MicrosoftAppPassword: app.password,
        MicrosoftAppType: 'SingleTenant',
        MicrosoftAppTenantId: tenant.id,
        ToBotFromChannelOpenIdMetadataUrl: `${base}/openid/configuration`,
        ToBotFromChannelTokenIssuer: ISSUER,
      }
    },
    botUrl: (): string => botUrl,
    botAt(url: string): void {
      botUrl = url.replace(/\/$/, '')
    },

    addUser: (name: string, more: Partial<User> = {}): User => newUser(tenant, name, more),
    addChannel: (name: string): Channel => newChannel(tenant, name, team),

    /** What the bot has posted in a channel, threads included, oldest first. */
    messages: (channel: Channel): readonly Message[] =>
      tenant.messages.filter(message => message.conversation === channel.id && fromBot(message)),
    dms: (user: User): readonly Message[] =>
      tenant.messages.filter(message => message.conversation === user.conversation && fromBot(message)),
    thread: (root: Message): readonly Message[] =>
      tenant.messages.filter(message => message.conversation === root.conversation && message.root === root.id),
    /** The dialog that a person sees now. */
    dialog: (user: User): Dialog | undefined =>
      tenant.dialogs.filter(dialog => dialog.user === user.id && dialog.isOpen).at(-1),

    /** What came out of a text and is more than its characters. */
    get alive(): readonly string[] {
      return tenant.alive
    },
    get refusals(): readonly Call[] {
      return calls.filter(({ status }) => status === 0 || status >= 400)
    },

    fail: (on: Failing, fault: Fault, times = 1): void => faults.add(on, fault, times),
    mend: (): void => faults.clear(),
    limitRate: (isOn = true): void => {
      tenant.limitsRate = isOn
    },
    /** Delivers the last activity once more, as Teams does when it got no answer. */
    redeliver(): Promise<Receipt> {
      if (last === undefined) throw new Error('Nothing has been delivered yet')
      return sendSigned(last)
    },
    /** Posts any body with any token, or none. */
    send,
    until,
    async stop(): Promise<void> {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

function fromBot(message: Message): boolean {
  return message.from === 'bot' && !message.isDeleted
}
