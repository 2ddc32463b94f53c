import { App } from '@slack/bolt'
import type { PlatformParts } from '../../src/chat/platform.ts'
import type { Capabilities, ChatAdapter } from '../../src/chat/port.ts'
import { systemClock } from '../../src/clock.ts'
import { slackAssistant } from './assistant/slackbot.ts'
import { boltLog } from './bolt/bolt-log.ts'
import { createTransport } from './bolt/transport.ts'
import { clientOptions, createClient } from './bolt/web-client.ts'
import { keepCanvas } from './canvas/keep-canvas.ts'
import { type SlackConfig, secretsOf } from './config.ts'
import { channelName } from './directory/channel-name.ts'
import { knownCompany } from './directory/company.ts'
import { readProfile } from './directory/profile.ts'
import { channelOf } from './directory/reach.ts'
import { actorOf } from './directory/standing.ts'
import { listen } from './inbound/listeners.ts'
import { readFile } from './inbound/read-file.ts'
import { postCard, publishHome, updateCard } from './outbound/messages.ts'
import { outsiders } from './outbound/outsiders.ts'
import { probe } from './outbound/probe.ts'
import { sendFile } from './outbound/send-file.ts'
import { showUnfurls } from './outbound/unfurl.ts'
import { BUDGET } from './render/limits.ts'
import { splitCard } from './render/split-card.ts'

export type SlackParts = PlatformParts & { readonly config: SlackConfig }

/** Characters of a message's text; see split-card for the blocks. */
export const CAPABILITIES: Capabilities = {
  privateReplies: true,
  dialogs: true,
  typeahead: true,
  charts: true,
  messageSize: BUDGET.characters,
  tableRows: 50,
}

/** `start` fails only when Slack refuses a token; when it cannot be reached it goes on trying. */
export function createSlack({ config, door, app, log, clock = systemClock, addresses }: SlackParts): ChatAdapter {
  const logger = boltLog(log, secretsOf(config))
  const options = clientOptions(config, logger)
  const client = createClient(config, options)
  const finder = { client, addresses }
  const transport = createTransport(config.transport, { app, log, logger, clock, clientOptions: options })
  const running = new Set<Promise<unknown>>()
  const { ask, learn, company, botUserId } = knownCompany(client, config.teams, log)

  const bolt = new App({
    receiver: transport.receiver,
    // Bolt would ask auth.test itself and keep a failure for good: one bad minute at the start would silence the bot
    authorize: async () => {
      const bot = botUserId()
      return { botToken: config.botToken, ...(bot === undefined ? {} : { botUserId: bot }) }
    },
    logger,
    clientOptions: options,
    convoStore: false,
  })
  bolt.use(({ next }) => {
    const work = next()
    running.add(work)
    return work.finally(() => running.delete(work))
  })
  listen(bolt, { client, door, log, actor: (userId, ...teams) => actorOf(userId, teams, company()) })

  const assistant =
    config.signingSecret === undefined
      ? undefined
      : slackAssistant(config.signingSecret, clock, async (userId, ...teams) => {
          await learn()
          return actorOf(userId, teams, company())
        })

  return {
    platform: 'slack',
    ...(assistant !== undefined && { assistant }),
    capabilities: CAPABILITIES,
    split: card => splitCard(card),
    post: async (to, card, how) => postCard(client, await channelOf(finder, to), card, how),
    probe: to => probe(finder, to),
    update: (message, card) => updateCard(client, message, card),
    unfurl: (message, unfurls) => showUnfurls(client, message, unfurls),
    showHome: (userId, card) => publishHome(client, userId, card),
    outsiders: channel => outsiders(client, channel),
    channelName: channel => channelName(client, channel),
    async profile(userId) {
      await learn()
      return readProfile(client, userId, company())
    },
    readFile: (id, most) => readFile(client, config, id, most),
    async sendFile(userId, file) {
      await sendFile(client, config, userId, file)
      return 'sent'
    },
    keepDocument: (userId, card) => keepCanvas(client, userId, card),
    async start() {
      await ask()
      await transport.open()
    },
    async stop() {
      await Promise.allSettled(running)
      await transport.close()
      await Promise.allSettled(running)
    },
  }
}
