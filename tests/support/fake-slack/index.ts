/**
 * A Slack that runs on loopback, speaks the Web API and Socket Mode, refuses what Slack refuses, and lets tests act as
 * the people in it:
 *
 *   const slack = await startFakeSlack()
 *   const env = slack.env('http')                  // or 'socket': what the bot needs in its environment
 *   slack.botAt('http://127.0.0.1:4000')           // HTTP mode: where the bot serves /slack/events
 *   const dana = slack.addUser('Dana', 'dana@ours.example'), cs = slack.addChannel('cs')
 *
 *   await slack.command(dana, '/health acme', cs)  // likewise mention(dana, cs, 'acme'), dm(dana, 'acme')
 *   const card = await slack.until(() => slack.ephemerals(dana).at(-1))
 *   await slack.press(dana, card, 'Claim')         // by label, action, or { action, value }
 *   const form = await slack.until(() => slack.modal(dana))
 *   await slack.submit(dana, form, { reason: 'x' })  // then form.errors, form.shown, form.isOpen
 *   await slack.shortcut(dana, await slack.write(dana, cs, 'hello'), 'add_to_timeline')
 *   await slack.type(dana, form, 'account', 'acm')   // what a typeahead offers; only that can be submitted
 *
 *   const linked = await slack.shareLinks(dana, cs, 'see https://crm.example/acme')  // then linked.unfurls
 *   await slack.openHome(dana)                       // then slack.home(dana)?.shown
 *
 * Look at `messages(channel)`, `dms(user)`, `thread(message)`, each with `shown`, what a person reads; `paged` holds
 * every mention that would have rung somebody; `calls` each Web API call and `refusals` those that Slack refused.
 * Break things with `fail('chat.postMessage', 'drop' | 'hang' | 'refuse' | { status: 429, retryAfter: 3 } | { error })`,
 * `limitRate()`, `advance(ms)`, `redeliver()`, `send(body, { secret, timestamp })`, `channel.isArchived = true`,
 * `channel.isExtShared = true`, `user.isDeleted = true`.
 */

import { until } from '../until.ts'
import { createFaults, type Fault } from './faults.ts'
import { createPeople } from './people.ts'
import { type Call, startServer } from './server.ts'
import { createSocketTransport, httpTransport, type Transport } from './transport.ts'
import {
  BOT,
  type Channel,
  createWorkspace,
  dmChannel,
  MEMBER,
  type Message,
  type Modal,
  number,
  OPEN,
  type User,
} from './workspace.ts'

export type { Channel, Message, Modal, User } from './workspace.ts'
export type FakeSlack = Awaited<ReturnType<typeof startFakeSlack>>

export async function startFakeSlack() {
  const space = createWorkspace()
  const faults = createFaults()
  const calls: Call[] = []
  const tried: string[] = []
  const tokens = { bot: 'xoxb-fake-bot-token', app: 'xapp-fake-app-token' }
  const secret = 'fake-signing-secret'
  let http: Transport | undefined
  let botUrl = ''

  const openConnection = () => ({ ok: true, url: `${base.replace('http', 'ws')}/socket?ticket=1` })
  const { server, base } = await startServer({ space, faults, calls, tried, tokens, openConnection })
  const socket = createSocketTransport(server)
  const transport: Transport = {
    deliver(kind, body, retry) {
      const way = socket.isConnected() ? socket : http
      if (way === undefined) throw new Error('The bot is not connected: botAt(url) for HTTP, or wait for Socket Mode')
      return way.deliver(kind, body, retry)
    },
  }

  return {
    bot: BOT,
    tokens,
    secret,
    calls,
    ...createPeople({ space, base, transport, botUrl: () => botUrl, secret }),

    /** The workspace is one of an organization from now on. */
    joinGrid(enterpriseId: string): void {
      space.enterpriseId = enterpriseId
    },
    /** The environment of a bot in this workspace. */
    env(mode: 'http' | 'socket'): Record<string, string> {
      const way: Record<string, string> =
        mode === 'http' ? { SLACK_SIGNING_SECRET: secret } : { SLACK_APP_TOKEN: tokens.app }
      return { SLACK_BOT_TOKEN: tokens.bot, SLACK_API_URL: `${base}/api/`, ...way }
    },
    botAt(url: string): void {
      botUrl = url.replace(/\/$/, '')
      http = httpTransport(botUrl, secret)
    },
    connections: socket.connections,
    breakConnection: socket.breakConnection,

    /** `more` says where they belong: `{ teamId: 'T9CUSTOMER' }`, `{ isRestricted: true }`. */
    addUser(name: string, email = `${name.toLowerCase()}@ours.example`, more: Partial<User> = {}): User {
      const id = `U${number(space)}${name.toUpperCase().replace(/[^A-Z]/g, '')}`
      const user: User = { ...MEMBER, id, name, email, ...more }
      space.users.set(user.id, user)
      return user
    },
    addChannel(name: string): Channel {
      const channel = {
        id: `C${number(space)}${name.toUpperCase().replace(/[^A-Z]/g, '')}`,
        name,
        ...OPEN,
      }
      space.channels.set(channel.id, channel)
      return channel
    },

    /** What the bot has posted in a channel, threads included, oldest first. */
    messages: (channel: Channel | string): readonly Message[] => {
      const id = typeof channel === 'string' ? channel : channel.id
      return space.messages.filter(message => message.channel === id && message.from === BOT.userId)
    },
    dms: (user: User): readonly Message[] => {
      const { id } = dmChannel(space, user.id)
      return space.messages.filter(message => message.channel === id && message.from === BOT.userId)
    },
    thread: (root: Message): readonly Message[] =>
      space.messages.filter(message => message.channel === root.channel && message.threadTs === root.ts),
    /** The files that the bot sent to somebody, as text. */
    sentFiles: (user: User): readonly { readonly name: string; readonly text: string }[] =>
      [...space.uploads.values()]
        .filter(({ channel }) => channel === dmChannel(space, user.id).id)
        .map(({ name, bytes }) => ({ name, text: bytes?.toString('utf8') ?? '' })),
    /** The canvases that the bot keeps, oldest first. */
    canvases: () => [...space.canvases.values()],
    ephemerals: (user: User): readonly Message[] => space.ephemerals.filter(message => message.to === user.id),
    /** The modal that a person sees now. */
    modal: (user: User): Modal | undefined =>
      space.modals.filter(({ user: id, isOpen }) => id === user.id && isOpen).at(-1),

    /** What a person's App Home shows. */
    home: (user: User): Modal | undefined => space.homes.get(user.id),

    /** Everybody who was rung, as the mention that did it. */
    get paged(): readonly string[] {
      return space.paged
    },
    get refusals(): readonly Call[] {
      return calls.filter(({ answer }) => !answer.ok)
    },

    /** How often a method was called, also when the call was made to fail. */
    tried: (method: string): number => tried.filter(name => name === method).length,

    /** The address that came with the last command or press. */
    lastResponseUrl: (): string => `${base}/response/${[...space.responseUrls.keys()].at(-1)}`,

    fail: (method: string, fault: Fault, times = 1): void => faults.add(method, fault, times),
    mend: (): void => faults.clear(),
    limitRate: (isOn = true): void => {
      space.limitsRate = isOn
    },
    /** Lets the fake's clock run ahead: triggers, response URLs and rate limits age; signatures do not. */
    advance: (milliseconds: number): void => {
      space.ahead += milliseconds
    },
    until,
    async stop(): Promise<void> {
      socket.close()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
