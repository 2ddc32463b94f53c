import type { PlatformParts } from '../../src/chat/platform.ts'
import type { Capabilities, ChatAdapter } from '../../src/chat/port.ts'
import { systemClock } from '../../src/clock.ts'
import { BotError, DeliveryError } from '../../src/errors.ts'
import type { TeamsConfig } from './config.ts'
import { channelOf, deliveryOf, userOf } from './connector/activity.ts'
import { createAddresses } from './connector/addresses.ts'
import { createChannels } from './connector/channels.ts'
import { refuseStranger } from './connector/refuse-stranger.ts'
import { createRepeats } from './connector/repeats.ts'
import { withRetries } from './connector/retries.ts'
import { createRoster } from './connector/roster.ts'
import { mountRoute } from './connector/route.ts'
import type { Desk } from './inbound/desk.ts'
import { listen } from './inbound/listeners.ts'
import { faultOf } from './outbound/errors.ts'
import { postCard, updateCard } from './outbound/messages.ts'
import { createOfferedFiles, type OfferedFile } from './outbound/offered-files.ts'
import { outsiders } from './outbound/outsiders.ts'
import { probe } from './outbound/probe.ts'
import { offerFile } from './outbound/send-file.ts'
import { LIMITS } from './render/limits.ts'
import { splitCard } from './render/split-card.ts'
import { createTransport } from './transport.ts'

export type TeamsParts = PlatformParts & { readonly config: TeamsConfig }

/** Bytes of a card's JSON. */
export function capabilitiesOf({ hasDialogs }: TeamsConfig): Capabilities {
  return { privateReplies: false, dialogs: hasDialogs, typeahead: hasDialogs, charts: true, messageSize: LIMITS.card }
}

export function createTeams({ config, door, app, log, clock = systemClock, addresses: book }: TeamsParts): ChatAdapter {
  const transport = createTransport(config)
  const addresses = createAddresses(book, config)
  const roster = createRoster({ transport, addresses, clock, config })
  const channels = createChannels({ transport, addresses, clock })
  const files = createOfferedFiles(clock)
  const desk: Desk = { transport, addresses, roster, door, log, config, files, dialogs: config.hasDialogs }
  const handle = listen(desk, clock)
  const repeats = createRepeats(clock)
  const running = new Set<Promise<unknown>>()

  const keepRunning = (work: Promise<unknown>): void => {
    const ended = work
      .catch(error => log.warn(faultOf(error), 'teams did not say who somebody is'))
      .finally(() => running.delete(ended))
    running.add(ended)
  }

  mountRoute(app, {
    config,
    transport,
    log,
    running,
    refuseStranger: activity => refuseStranger(desk, activity),
    async receive(activity) {
      const isNew = await addresses.keep(activity)
      // once their profile is known, a person can be written to by e-mail address
      if (isNew) keepRunning(roster.profile(userOf(activity)))
      if (activity.type !== 'invoke') return handle(activity)
      return repeats.answer(deliveryOf(activity), () => handle(activity))
    },
  })

  return {
    platform: 'teams',
    capabilities: capabilitiesOf(config),
    split: splitCard,
    post: (to, card, how) =>
      how?.isAnswer ? withRetries(() => postCard(desk, to, card, how)) : postCard(desk, to, card, how),
    probe: to => probe(desk, to),
    update: (message, card) => updateCard(desk, message, card),
    outsiders: channel => outsiders(desk, channel),
    profile: userId => roster.profile(userId),
    channelName: channel => channels.nameOf(channelOf(channel)),
    suggestChannels: async text => (await channels.suggest(text)).map(({ id, name }) => ({ value: id, label: name })),
    // the Playground knows no files
    ...(config.app !== undefined && {
      async sendFile(user: string, file: Omit<OfferedFile, 'user'>) {
        await withRetries(() => offerFile(desk, { user, ...file })).catch(asRefusal)
        return 'offered' as const
      },
    }),
    // the server is the service's own, and no connection is kept
    async start() {},
    async stop() {
      await Promise.allSettled(running)
    },
  }
}

function asRefusal(error: unknown): never {
  if (!(error instanceof DeliveryError)) throw error
  throw new BotError('no_file', 'Teams did not take the file.', 'Open a chat with me, and ask for it there.')
}
